using Fiko.Application.Resources;
using Fiko.Application.Shared;
using Fiko.Domain.Customers;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace Fiko.Application.Customers;

/// <summary>A page of a customer's merges, from either side, newest first.</summary>
public sealed record ListMerges(Caller By, long Customer, Paging Paging) : IRequest<Page<CustomerMergeView>>;

internal sealed class ListMergesHandler(IFikoDb db) : IRequestHandler<ListMerges, Page<CustomerMergeView>>
{
    private static readonly Ordering<CustomerMerge> Orders = new Ordering<CustomerMerge>(m => m.Id).By("merged_at", m => m.MergedAt, descending: true);

    public async Task<Page<CustomerMergeView>> Handle(ListMerges query, CancellationToken ct)
    {
        await using var moment = await db.ReadOneMomentAsync(ct);
        var customer = await db.Customers.GetAsync(query.Customer, query.By, ct);
        var merges = db.CustomerMerges.VisibleTo(query.By).Where(m => m.TargetId == customer.Id || m.SourceId == customer.Id);
        var page = await Orders.PageAsync(merges, query.Paging, ct);
        var ids = page.Ids.ToArray();
        var rows = await db.CustomerMerges.AsNoTracking().Where(m => ids.Contains(m.Id)).ToListAsync(ct);
        return page.With(rows.ConvertAll(CustomerMergeView.Of), m => m.Id);
    }
}
