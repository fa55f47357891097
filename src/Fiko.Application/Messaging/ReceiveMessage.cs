using Fiko.Application.Channels;
using Fiko.Application.Conversations;
using Fiko.Application.Shared;
using Fiko.Domain.Channels;
using Fiko.Domain.Conversations;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace Fiko.Application.Messaging;

/// <summary>A customer wrote on a channel: the customer and the conversation are found or begun, and the message is visible at once.</summary>
/// <returns>False where this message was received before.</returns>
public sealed record ReceiveMessage(long ChannelId, CustomerWrote News) : ICommand<bool>;

internal sealed class ReceiveMessageHandler(IFikoDb db, PlatformChats chats, ChannelBook channels, TimeProvider time) : IRequestHandler<ReceiveMessage, bool>
{
    public async Task<bool> Handle(ReceiveMessage receive, CancellationToken ct)
    {
        var news = receive.News;
        var channel = await db.Channels.SingleAsync(c => c.Id == receive.ChannelId, ct);
        var scope = chats.ScopeOf(channel, news.Chat);
        if (await chats.IsKnownAsync(channel.Id, scope, news.ExternalId, ct))
        {
            return false;
        }

        var now = time.Now();
        var conversation = await chats.OpenAsync(channel, news.Chat, news.Profile, ct);
        conversation.Customer.Wrote(now);
        conversation.OpenWindow(channels.Find(channel.Source)?.Window, Earlier(news.At, now));
        var incoming = new IncomingMessage(news.Kind, news.Content, news.ExternalId, await OriginalAsync(channel, scope, news, ct))
        {
            Scope = scope,
            Caption = news.Caption,
            Album = news.Album,
            Files = PlatformChats.Files(news.Files),
        };
        if (news.Album is not null && await AlbumAsync(conversation, news.Album, ct) is { } album)
        {
            conversation.Grow(album, incoming, now);
        }
        else
        {
            await db.GiveBackAsync(conversation, ct);
            db.Messages.Add(conversation.Receive(incoming, now, quietly: conversation.Customer.Blocked));
        }

        await db.ResumeAsync(channel.Id, AwaitedNews.Message(scope, news.ExternalId), ct);
        await db.SaveChangesAsync(ct);
        return true;
    }

    // A platform's clock that is ahead of ours must not keep a window open longer than it is.
    private static DateTimeOffset Earlier(DateTimeOffset? at, DateTimeOffset now) => at is { } told && told < now ? told : now;

    private async Task<long?> OriginalAsync(ChannelAccount channel, string scope, CustomerWrote news, CancellationToken ct) =>
        news.ReplyTo is null ? null : await chats.MessageAsync(channel.Id, scope, news.ReplyTo, ct);

    private async Task<Message?> AlbumAsync(Conversation conversation, string album, CancellationToken ct) =>
        conversation.Id == 0 ? null : await db.Messages.SingleOrDefaultAsync(m => m.ConversationId == conversation.Id && m.Album == album, ct);
}
