using Fiko.Application.Realtime;
using Fiko.Domain.Conversations;
using Fiko.Domain.Shared;
using MediatR;

namespace Fiko.Application.Messaging;

/// <summary>More is known of a message's files: their bytes came or will not come, or an album has another one. Replaces the message.</summary>
[SentTo(TopicKind.Chat)]
public sealed record MessageAttachmentsFrame(string ConversationId, MessageView Message, DateTimeOffset Timestamp, string Cursor)
    : DurableFrame("message_attachments", Cursor);

internal sealed class BroadcastAttachments : INotificationHandler<Raised<AlbumGrew>>, INotificationHandler<Raised<AttachmentsChanged>>
{
    public Task Handle(Raised<AlbumGrew> news, CancellationToken ct) => Tell(news);

    public Task Handle(Raised<AttachmentsChanged> news, CancellationToken ct) => Tell(news);

    private static Task Tell<TEvent>(Raised<TEvent> news)
        where TEvent : IMessageEvent, IDomainEvent
    {
        var chat = Topic.Chat(news.Event.ConversationId);
        if (news.To.Wants(chat) && news.Now.Message(news.Event.MessageId) is { } message)
        {
            news.To.Push(chat, new MessageAttachmentsFrame(message.ConversationId, message.View, news.At, news.Cursor));
        }

        return Task.CompletedTask;
    }
}
