using Fiko.Application.Channels;
using Fiko.Application.Shared;
using Fiko.Domain.Channels;
using Fiko.Domain.Conversations;
using Fiko.Domain.Customers;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace Fiko.Application.Messaging;

/// <summary>
/// The platform says that the business wrote. What this server sent is known by its id, or becomes known while an answer is waited
/// for; what nobody here sent was written in the platform's own app (protocol.md, external_send_result).
/// </summary>
public sealed record ReceiveEcho(long ChannelId, BusinessWrote News) : ICommand<NewsResult>;

internal sealed class ReceiveEchoHandler(IFikoDb db, PlatformChats chats, TimeProvider time) : IRequestHandler<ReceiveEcho, NewsResult>
{
    public async Task<NewsResult> Handle(ReceiveEcho receive, CancellationToken ct)
    {
        var news = receive.News;
        var channel = await db.Channels.SingleAsync(c => c.Id == receive.ChannelId, ct);
        var scope = chats.ScopeOf(channel, news.Chat);
        if (await chats.IsKnownAsync(channel.Id, scope, news.ExternalId, ct))
        {
            return NewsResult.Done;
        }

        var conversation = await chats.OpenAsync(channel, news.Chat, new CustomerProfile(""), ct);
        var open = await OpenDeliveriesAsync(conversation, ct);
        if (open.Exists(d => d.Status is DeliveryStatus.Sending))
        {
            // Its answer brings the id, and with it the certainty whether this is that send or another message.
            return NewsResult.Wait(AwaitedNews.Send(conversation.Id), "Echo while a send is open");
        }

        if (open.Find(d => d.Status is DeliveryStatus.Uncertain && Says(d, news)) is { } lost)
        {
            lost.Succeed(scope, news.ExternalId);
            lost.Message.Conversation.Settle(lost.Message, time.Now());
        }
        else
        {
            await ShowAsync(conversation, channel, scope, news, ct);
        }

        await db.ResumeAsync(channel.Id, AwaitedNews.Message(scope, news.ExternalId), ct);
        await db.SaveChangesAsync(ct);
        return NewsResult.Done;
    }

    private async Task<List<Delivery>> OpenDeliveriesAsync(Conversation conversation, CancellationToken ct) =>
        conversation.Id == 0 ? [] : await db.Deliveries
            .Include(d => d.Message).ThenInclude(m => m.Deliveries)
            .Include(d => d.Message).ThenInclude(m => m.Conversation)
            .Where(d => d.ConversationId == conversation.Id && (d.Status == DeliveryStatus.Sending || d.Status == DeliveryStatus.Uncertain))
            .OrderBy(d => d.MessageId).ThenBy(d => d.Part)
            .ToListAsync(ct);

    // Platforms trim what they echo; a file has no words to compare, only that it is one.
    private static bool Says(Delivery sent, BusinessWrote news) => sent.AttachmentId is null
        ? news.Files.Count == 0 && news.Text is not null && Plain(sent.Text) == Plain(news.Text)
        : news.Files.Count > 0;

    private static string Plain(string text) => text.ReplaceLineEndings("\n").Trim();

    private async Task ShowAsync(Conversation conversation, ChannelAccount channel, string scope, BusinessWrote news, CancellationToken ct)
    {
        var replyTo = news.ReplyTo is null ? null : await chats.MessageAsync(channel.Id, scope, news.ReplyTo, ct);
        var incoming = new IncomingMessage(news.Kind, news.Content, news.ExternalId, replyTo)
        {
            Scope = scope,
            Caption = news.Caption,
            Files = PlatformChats.Files(news.Files),
        };
        db.Messages.Add(conversation.Echo(incoming, news.Via, time.Now()));
    }
}
