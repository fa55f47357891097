using Fiko.Application.Attachments;
using Fiko.Application.Channels;
using Fiko.Application.Resources;
using Fiko.Application.Search;
using Fiko.Application.Shared;
using Fiko.Domain.Customers;
using FluentValidation;
using MediatR;

namespace Fiko.Application.Customers;

/// <summary>A page of the workspace's customers (rest.md, Customers).</summary>
public sealed record ListCustomers(Caller By, CustomerFilters Filters, Paging Paging) : IRequest<Page<CustomerView>>;

internal sealed class ListCustomersValidator : AbstractValidator<ListCustomers>
{
    public ListCustomersValidator(ChannelBook channels) => this.AddFilterRules(channels, q => q.Filters);
}

internal sealed class ListCustomersHandler(IFikoDb db, ISearchIndex index, IFileLinks links) : IRequestHandler<ListCustomers, Page<CustomerView>>
{
    private static readonly Ordering<Customer> Orders = new Ordering<Customer>(c => c.Id)
        .By("last_activity", c => c.LastActivityAt, descending: true)
        .By("created_at", c => c.CreatedAt)
        .By("name", c => c.SortName);

    public async Task<Page<CustomerView>> Handle(ListCustomers query, CancellationToken ct)
    {
        await using var moment = await db.ReadOneMomentAsync(ct);
        var page = await Orders.PageAsync(db.Customers.VisibleTo(query.By).Narrow(db, index, query.Filters, query.By), query.Paging, ct);
        var ids = page.Ids.ToArray();
        return page.With(await db.Customers.Where(c => ids.Contains(c.Id)).ToViews(db).LoadAsync(db, links, ct), c => c.Id);
    }
}
