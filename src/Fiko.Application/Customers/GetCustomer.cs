using Fiko.Application.Attachments;
using Fiko.Application.Conversations;
using Fiko.Application.Shared;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace Fiko.Application.Customers;

/// <summary>One customer of the workspace.</summary>
public sealed record GetCustomer(Caller By, long Id) : IRequest<CustomerDetail>;

internal sealed class GetCustomerHandler(IFikoDb db, IFileLinks links) : IRequestHandler<GetCustomer, CustomerDetail>
{
    private const int MostConversations = 100;

    public async Task<CustomerDetail> Handle(GetCustomer get, CancellationToken ct)
    {
        await using var moment = await db.ReadOneMomentAsync(ct);
        var id = (await db.Customers.AsNoTracking().GetAsync(get.Id, get.By, ct)).Id;
        var view = (await db.Customers.Where(c => c.Id == id).ToViews(db).LoadAsync(db, links, ct))[0];
        var conversations = await db.Conversations
            .Where(c => c.CustomerId == id)
            .OrderByDescending(c => c.UpdatedAt).ThenByDescending(c => c.Id)
            .Take(MostConversations)
            .ToViews(db)
            .OrderByDescending(c => c.UpdatedAt).ThenByDescending(c => c.Key)
            .LoadAsync(db, links, ct);
        var notes = await db.CustomerNotes.CountAsync(n => n.CustomerId == id, ct);
        var addresses = await (
            from address in db.ChannelAddresses
            join channel in db.Channels on address.ChannelId equals channel.Id
            where address.CustomerId == id
            orderby address.Id
            select new CustomerAddress(channel.Id, channel.Source, address.Address)).ToListAsync(ct);
        return new CustomerDetail(view, conversations, notes, addresses);
    }
}
