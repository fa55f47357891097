using Fiko.Application.Channels;
using Fiko.Application.Shared;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace Fiko.Application.Messaging;

/// <summary>Somebody changed a message on the platform. Edits of one message that overtake each other end with the newest.</summary>
public sealed record ReceiveEdit(long ChannelId, CustomerEdited News) : ICommand<NewsResult>;

internal sealed class ReceiveEditHandler(IFikoDb db, PlatformChats chats, TimeProvider time) : IRequestHandler<ReceiveEdit, NewsResult>
{
    public async Task<NewsResult> Handle(ReceiveEdit receive, CancellationToken ct)
    {
        var news = receive.News;
        var channel = await db.Channels.SingleAsync(c => c.Id == receive.ChannelId, ct);
        var scope = chats.ScopeOf(channel, news.Chat);
        if (await chats.MessageAsync(channel.Id, scope, news.ExternalId, ct) is not { } id)
        {
            return NewsResult.Wait(AwaitedNews.Message(scope, news.ExternalId), "Edit of a message that has not come");
        }

        var message = await db.Messages.Include(m => m.Conversation).SingleAsync(m => m.Id == id, ct);
        if (message.Album is not null && message.ExternalId != news.ExternalId && news.Caption is null)
        {
            // Another picture of the album, without words of its own: the album's words stay.
            return NewsResult.Nothing("An edit that changes no words");
        }

        var said = news.IsWordsAlone && message.Caption is { } under && message.Content.EndsWith(under, StringComparison.Ordinal)
            ? (Content: message.Content[..^under.Length] + news.Content, Caption: news.Content)
            : (news.Content, news.Caption);
        message.Conversation.FollowEdit(message, said.Content, said.Caption, news.Order, time.Now());
        await db.SaveChangesAsync(ct);
        return NewsResult.Done;
    }
}
