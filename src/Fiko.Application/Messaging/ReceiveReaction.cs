using Fiko.Application.Channels;
using Fiko.Application.Shared;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace Fiko.Application.Messaging;

/// <summary>A customer put an emoji on a message, or took it back.</summary>
public sealed record ReceiveReaction(long ChannelId, CustomerReacted News) : ICommand<NewsResult>;

internal sealed class ReceiveReactionHandler(IFikoDb db, PlatformChats chats) : IRequestHandler<ReceiveReaction, NewsResult>
{
    public async Task<NewsResult> Handle(ReceiveReaction receive, CancellationToken ct)
    {
        var news = receive.News;
        var channel = await db.Channels.SingleAsync(c => c.Id == receive.ChannelId, ct);
        var scope = chats.ScopeOf(channel, news.Chat);
        if (await chats.MessageAsync(channel.Id, scope, news.ExternalId, ct) is not { } id)
        {
            return NewsResult.Wait(AwaitedNews.Message(scope, news.ExternalId), "Reaction to a message that has not come");
        }

        var message = await db.Messages.Include(m => m.Conversation).SingleAsync(m => m.Id == id, ct);
        message.Conversation.FollowReaction(message, news.Emoji, news.Order);
        await db.SaveChangesAsync(ct);
        return NewsResult.Done;
    }
}
