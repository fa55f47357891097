using Fiko.Application.Audit;
using Fiko.Application.Shared;
using Fiko.Domain.Channels;
using Fiko.Domain.Conversations;
using Fiko.Domain.Customers;
using Fiko.Domain.Workspaces;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace Fiko.Application.Customers;

/// <summary>
/// An administrator erases a customer for good, with everything that they and the workspace said to each other and about them. They are
/// out of sight with the first step; what follows is done in small ones, and finished by the next start if this server dies meanwhile.
/// </summary>
public sealed record EraseCustomer(Caller By, long Id) : IRequest<Unit>;

internal sealed class EraseCustomerHandler(IMediator mediator) : IRequestHandler<EraseCustomer, Unit>
{
    public async Task<Unit> Handle(EraseCustomer erase, CancellationToken ct)
    {
        // Not ended with the request: nothing of it can be taken back any more.
        foreach (var customer in await mediator.Send(new BuryCustomer(erase.By, erase.Id), ct))
        {
            while (await mediator.Send(new EraseBuried(customer), CancellationToken.None))
            {
            }
        }

        return Unit.Value;
    }
}

/// <summary>Takes a customer out of sight, with all who were merged into them: from here on a message of theirs is a stranger's.</summary>
/// <returns>Who is to be erased now.</returns>
internal sealed record BuryCustomer(Caller By, long Id) : ICommand<IReadOnlyList<long>>, IAudited<IReadOnlyList<long>>
{
    public AuditNote? Audit(IReadOnlyList<long> result) =>
        new("customer.erased", $"customer_{Id}", result.Count == 1 ? null : new Dictionary<string, object?> { ["merged"] = result.Where(c => c != Id).ToList() });
}

internal sealed class BuryCustomerHandler(IFikoDb db, TimeProvider time) : IRequestHandler<BuryCustomer, IReadOnlyList<long>>
{
    public async Task<IReadOnlyList<long>> Handle(BuryCustomer bury, CancellationToken ct)
    {
        bury.By.MustAdminister();
        var customers = await WithMergedAsync(await db.Customers.GetAsync(bury.Id, bury.By, ct), ct);
        var conversations = await db.Conversations.Where(c => c.CustomerId == bury.Id).OrderBy(c => c.Id).ToListAsync(ct);
        await RememberChatsAsync(bury.Id, conversations, ct);
        await StopAsync(conversations, ct);

        // Told in the log of the workspace, and then out of it.
        conversations.ForEach(c => c.Erase());
        await db.SaveChangesAsync(ct);
        var limbo = await LimboAsync(ct);
        conversations.ForEach(c => c.Bury(limbo));
        customers.ForEach(c => c.Bury(limbo));
        await db.SaveChangesAsync(ct);
        return customers.ConvertAll(c => c.Id);
    }

    private async Task<List<Customer>> WithMergedAsync(Customer customer, CancellationToken ct)
    {
        List<Customer> all = [customer];
        for (var found = 0; found < all.Count;)
        {
            var into = all.Skip(found).Select(c => (long?)c.Id).ToArray();
            found = all.Count;
            all.AddRange(await db.Customers.Where(c => into.Contains(c.MergedInto)).ToListAsync(ct));
        }

        return all;
    }

    // An address is unique: it must be free for the stranger. Which updates came from it until now has to be known all the same.
    private async Task RememberChatsAsync(long customer, List<Conversation> conversations, CancellationToken ct)
    {
        var addresses = await db.ChannelAddresses.Where(a => a.CustomerId == customer).ToListAsync(ct);
        var newest = await db.InboundUpdates.MaxAsync(u => (long?)u.Id, ct) ?? 0;
        var chats = addresses.Select(a => (a.ChannelId, Chat: a.Address)).Union(conversations.Select(c => (c.ChannelId, c.Chat))).ToList();
        db.ErasedChats.AddRange(chats.Select(c => new ErasedChat(customer, c.ChannelId, c.Chat, newest)));
        db.ChannelAddresses.RemoveRange(addresses);
        foreach (var (channel, chat) in chats)
        {
            // What is stored and not applied yet would bring back what is erased.
            await db.InboundUpdates
                .Where(u => u.ChannelId == channel && u.Lane == chat && (u.Status == InboundStatus.Pending || u.Status == InboundStatus.Waiting))
                .ExecuteUpdateAsync(set => set.SetProperty(u => u.Status, InboundStatus.Ignored), ct);
        }
    }

    private Task<int> StopAsync(List<Conversation> conversations, CancellationToken ct)
    {
        var ids = conversations.ConvertAll(c => c.Id);
        return db.Deliveries
            .Where(d => ids.Contains(d.ConversationId) && d.Status == DeliveryStatus.Pending)
            .ExecuteUpdateAsync(set => set.SetProperty(d => d.Status, DeliveryStatus.Failed).SetProperty(d => d.Version, d => d.Version + 1), ct);
    }

    private async Task<long> LimboAsync(CancellationToken ct)
    {
        if (await db.Workspaces.OrderBy(w => w.Id).FirstOrDefaultAsync(w => w.LogStamp == Workspace.LimboStamp, ct) is { } there)
        {
            return there.Id;
        }

        var limbo = Workspace.Limbo(time.Now());
        db.Workspaces.Add(limbo);
        await db.SaveChangesAsync(ct);
        return limbo.Id;
    }
}
