using Fiko.Application.Resources;
using Fiko.Application.Shared;
using Fiko.Domain.Customers;
using MediatR;

namespace Fiko.Application.Customers;

/// <summary>A page of what colleagues wrote about a customer, newest first.</summary>
public sealed record ListCustomerNotes(Caller By, long Customer, Paging Paging) : IRequest<Page<CustomerNoteView>>;

internal sealed class ListCustomerNotesHandler(IFikoDb db) : IRequestHandler<ListCustomerNotes, Page<CustomerNoteView>>
{
    private static readonly Ordering<CustomerNote> Orders = new Ordering<CustomerNote>(n => n.Id).By("created_at", n => n.CreatedAt, descending: true);

    public async Task<Page<CustomerNoteView>> Handle(ListCustomerNotes query, CancellationToken ct)
    {
        await using var moment = await db.ReadOneMomentAsync(ct);
        var customer = await db.Customers.GetAsync(query.Customer, query.By, ct);
        var page = await Orders.PageAsync(db.CustomerNotes.Where(n => n.CustomerId == customer.Id), query.Paging, ct);
        var ids = page.Ids.ToArray();
        return page.With(await db.CustomerNotes.Where(n => ids.Contains(n.Id)).LoadAsync(db, ct), n => n.Id);
    }
}
