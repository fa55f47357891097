using Fiko.Application.Channels;
using Fiko.Application.Shared;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace Fiko.Application.Messaging;

/// <summary>Somebody took a message back on the platform: its words, its earlier words and its files are erased here, too.</summary>
public sealed record ReceiveWithdrawal(long ChannelId, MessageWithdrawn News) : ICommand<NewsResult>;

internal sealed class ReceiveWithdrawalHandler(IFikoDb db, PlatformChats chats, TimeProvider time) : IRequestHandler<ReceiveWithdrawal, NewsResult>
{
    public async Task<NewsResult> Handle(ReceiveWithdrawal receive, CancellationToken ct)
    {
        var channel = await db.Channels.SingleAsync(c => c.Id == receive.ChannelId, ct);
        var scope = chats.ScopeOf(channel, receive.News.Chat);
        if (await chats.MessageAsync(channel.Id, scope, receive.News.ExternalId, ct) is not { } id)
        {
            return NewsResult.Wait(AwaitedNews.Message(scope, receive.News.ExternalId), "Withdrawal of a message that has not come");
        }

        var message = await chats.LoadAsync(id, ct);
        message.Conversation.Delete(message, time.Now());
        await db.SaveChangesAsync(ct);
        return NewsResult.Done;
    }
}
