using Fiko.Application.Shared;
using Fiko.Domain.Channels;
using Fiko.Domain.Conversations;
using Fiko.Domain.Customers;
using Fiko.Domain.Workspaces;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace Fiko.Application.Customers;

/// <summary>Customers whose erasure is begun and not done.</summary>
public sealed record ListBuried : IRequest<IReadOnlyList<long>>;

internal sealed class ListBuriedHandler(IFikoDb db) : IRequestHandler<ListBuried, IReadOnlyList<long>>
{
    private const int Batch = 500;

    public async Task<IReadOnlyList<long>> Handle(ListBuried list, CancellationToken ct)
    {
        var limbo = await db.Workspaces.Where(w => w.LogStamp == Workspace.LimboStamp).Select(w => w.Id).ToListAsync(ct);
        return limbo.Count == 0 ? [] : await db.Customers.Where(c => limbo.Contains(c.WorkspaceId)).OrderBy(c => c.Id).Take(Batch).Select(c => c.Id).ToListAsync(ct);
    }
}

/// <summary>One small step of an erasure: messages first, then what the platform sent, then what is known of the customer. Doing it twice does no harm.</summary>
/// <returns>Whether there is more to do.</returns>
public sealed record EraseBuried(long CustomerId) : ICommand<bool>;

internal sealed class EraseBuriedHandler(IFikoDb db) : IRequestHandler<EraseBuried, bool>
{
    private const int Batch = 250;

    public async Task<bool> Handle(EraseBuried erase, CancellationToken ct)
    {
        var customer = await db.Customers.SingleOrDefaultAsync(
            c => c.Id == erase.CustomerId && db.Workspaces.Any(w => w.Id == c.WorkspaceId && w.LogStamp == Workspace.LimboStamp), ct);
        if (customer is null)
        {
            return false;
        }

        if (await EraseMessagesAsync(customer.Id, ct) || await EraseUpdatesAsync(customer.Id, ct))
        {
            return true;
        }

        await EraseRestAsync(customer, ct);
        return false;
    }

    private async Task<bool> EraseMessagesAsync(long customer, CancellationToken ct)
    {
        var conversations = await db.Conversations.Where(c => c.CustomerId == customer).Select(c => new { c.Id, c.ChannelId, c.Source }).ToListAsync(ct);
        foreach (var conversation in conversations)
        {
            var ids = await db.Messages.Where(m => m.ConversationId == conversation.Id).OrderBy(m => m.Id).Select(m => m.Id).Take(Batch).ToListAsync(ct);
            if (ids.Count == 0)
            {
                continue;
            }

            if (conversation.Source == ChannelName.Api)
            {
                await EraseApiUpdatesAsync(conversation.ChannelId, ids, ct);
            }

            // The rows of the files stay alone until the store has forgotten the bytes.
            var files = await db.Attachments.Where(a => a.MessageId != null && ids.Contains(a.MessageId.Value)).ToListAsync(ct);
            files.ForEach(f => f.Orphan());
            await db.SaveChangesAsync(ct);
            await db.Messages.Where(m => ids.Contains(m.Id)).ExecuteDeleteAsync(ct);
            db.Attachments.RemoveRange(files.Where(f => f.StorageKey is null));
            await db.SaveChangesAsync(ct);
            return true;
        }

        return false;
    }

    // An integrator's id of a message is the key of its update, which has no text and no lane.
    private async Task EraseApiUpdatesAsync(long channel, List<long> messages, CancellationToken ct)
    {
        var keys = await db.PlatformIds.Where(p => messages.Contains(p.MessageId)).Select(p => p.ExternalId).ToListAsync(ct);
        var updates = await db.InboundUpdates.Where(u => u.ChannelId == channel && keys.Contains(u.Key)).ToListAsync(ct);
        updates.ForEach(u => u.Erase());
    }

    private async Task<bool> EraseUpdatesAsync(long customer, CancellationToken ct)
    {
        foreach (var chat in await db.ErasedChats.Where(c => c.CustomerId == customer).OrderBy(c => c.Id).ToListAsync(ct))
        {
            var updates = chat.Chat.Length == 0 ? [] : await db.InboundUpdates
                .Where(u => u.ChannelId == chat.ChannelId && u.Lane == chat.Chat && u.Id <= chat.UpToUpdateId)
                .OrderBy(u => u.Id).Take(Batch).ToListAsync(ct);
            updates.ForEach(u => u.Erase());
            if (updates.Count == 0)
            {
                // What could not be told whose it is may still name the chat.
                await db.StrayUpdates
                    .Where(s => db.Channels.Any(c => c.Id == chat.ChannelId && c.Source == s.Source) && s.Body.Contains(chat.Chat))
                    .ExecuteDeleteAsync(ct);
                db.ErasedChats.Remove(chat);
            }

            await db.SaveChangesAsync(ct);
            return true;
        }

        return false;
    }

    private async Task EraseRestAsync(Customer customer, CancellationToken ct)
    {
        await db.Conversations.Where(c => c.CustomerId == customer.Id).ExecuteDeleteAsync(ct);
        await db.CustomerNotes.Where(n => n.CustomerId == customer.Id).ExecuteDeleteAsync(ct);
        await db.CustomerTags.Where(t => t.CustomerId == customer.Id).ExecuteDeleteAsync(ct);
        await db.CustomerMerges.Where(m => m.SourceId == customer.Id || m.TargetId == customer.Id).ExecuteDeleteAsync(ct);
        var picture = await db.Attachments.SingleOrDefaultAsync(a => a.Id == customer.AvatarId, ct);
        picture?.Abandon();
        customer.Forget();
        await db.SaveChangesAsync(ct);
        if (picture is { StorageKey: null })
        {
            db.Attachments.Remove(picture);
            await db.SaveChangesAsync(ct);
        }
    }
}
