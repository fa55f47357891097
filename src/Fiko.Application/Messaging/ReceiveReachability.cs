using Fiko.Application.Channels;
using Fiko.Application.Shared;
using MediatR;

namespace Fiko.Application.Messaging;

/// <summary>A customer shut the business out, or let it in again: lists show it before anybody writes into the void.</summary>
public sealed record ReceiveReachability(long ChannelId, CustomerBlocked News) : ICommand<NewsResult>;

internal sealed class ReceiveReachabilityHandler(IFikoDb db, PlatformChats chats, TimeProvider time) : IRequestHandler<ReceiveReachability, NewsResult>
{
    public async Task<NewsResult> Handle(ReceiveReachability receive, CancellationToken ct)
    {
        var news = receive.News;
        if (await chats.FindAsync(receive.ChannelId, news.Chat, ct) is not { } conversation)
        {
            return NewsResult.Nothing("Of somebody who never wrote");
        }

        conversation.SetReachable(!news.Blocked, news.Order, time.Now());
        await db.SaveChangesAsync(ct);
        return NewsResult.Done;
    }
}
