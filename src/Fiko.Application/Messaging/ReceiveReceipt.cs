using Fiko.Application.Channels;
using Fiko.Application.Shared;
using Fiko.Domain.Conversations;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace Fiko.Application.Messaging;

/// <summary>A customer has seen a message and all before it: those of ours are read.</summary>
public sealed record ReceiveReceipt(long ChannelId, CustomerRead News) : ICommand<NewsResult>;

internal sealed class ReceiveReceiptHandler(IFikoDb db, PlatformChats chats) : IRequestHandler<ReceiveReceipt, NewsResult>
{
    public async Task<NewsResult> Handle(ReceiveReceipt receive, CancellationToken ct)
    {
        var channel = await db.Channels.SingleAsync(c => c.Id == receive.ChannelId, ct);
        var scope = chats.ScopeOf(channel, receive.News.Chat);
        if (await chats.MessageAsync(channel.Id, scope, receive.News.ExternalId, ct) is not { } id)
        {
            return NewsResult.Wait(AwaitedNews.Message(scope, receive.News.ExternalId), "Receipt for a message that has not come");
        }

        var seen = await db.Messages.Include(m => m.Conversation).SingleAsync(m => m.Id == id, ct);
        if (seen.Seq is null)
        {
            // The customer has seen a part of what is still on its way: the rest of it will be told by its own receipt.
            return NewsResult.Nothing("Receipt for a part of a message that is not sent whole");
        }

        var unseen = await db.Messages
            .Where(m => m.ConversationId == seen.ConversationId
                && m.Seq <= seen.Seq
                && m.Author == MessageAuthor.Support
                && (m.Status == MessageStatus.Sent || m.Status == MessageStatus.Delivered))
            .OrderBy(m => m.Seq)
            .ToListAsync(ct);
        unseen.ForEach(seen.Conversation.MarkSeen);
        await db.SaveChangesAsync(ct);
        return NewsResult.Done;
    }
}
