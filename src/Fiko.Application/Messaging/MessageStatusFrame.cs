using Fiko.Application.Realtime;
using Fiko.Domain.Conversations;
using MediatR;

namespace Fiko.Application.Messaging;

/// <summary>More became known about a support message that is visible already.</summary>
[SentTo(TopicKind.Chat)]
public sealed record MessageStatusFrame(
    string ConversationId,
    string MessageId,
    MessageStatus Status,
    ExternalSendResult ExternalSendResult,
    DateTimeOffset Timestamp,
    string Cursor) : DurableFrame("message_status", Cursor);

internal sealed class BroadcastMessageStatus : INotificationHandler<Raised<MessageStatusChanged>>
{
    public Task Handle(Raised<MessageStatusChanged> news, CancellationToken ct)
    {
        var chat = Topic.Chat(news.Event.ConversationId);
        if (news.To.Wants(chat) && news.Now.Message(news.Event.MessageId) is { Status: { } status, SendResult: { } result } message)
        {
            news.To.Push(chat, new MessageStatusFrame(message.ConversationId, message.Id, status, result, news.At, news.Cursor));
        }

        return Task.CompletedTask;
    }
}
