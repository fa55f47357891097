using Fiko.Application.Realtime;
using Fiko.Domain.Conversations;
using MediatR;

namespace Fiko.Application.Messaging;

/// <summary>A message says something else now, by whichever side.</summary>
[SentTo(TopicKind.Chat)]
public sealed record MessageEditedFrame(string ConversationId, MessageView Message, DateTimeOffset Timestamp, string Cursor)
    : DurableFrame("message_edited", Cursor);

/// <summary>A message was taken back. Its place stays, empty.</summary>
[SentTo(TopicKind.Chat)]
public sealed record MessageDeletedFrame(string ConversationId, string MessageId, DateTimeOffset Timestamp, string Cursor)
    : DurableFrame("message_deleted", Cursor);

internal sealed class BroadcastMessageChange : INotificationHandler<Raised<MessageEdited>>, INotificationHandler<Raised<MessageDeleted>>
{
    public Task Handle(Raised<MessageEdited> news, CancellationToken ct)
    {
        var chat = Topic.Chat(news.Event.ConversationId);
        if (news.To.Wants(chat) && news.Now.Message(news.Event.MessageId) is { } message)
        {
            news.To.Push(chat, new MessageEditedFrame(message.ConversationId, message.View, news.At, news.Cursor));
        }

        return Task.CompletedTask;
    }

    public Task Handle(Raised<MessageDeleted> news, CancellationToken ct)
    {
        var chat = Topic.Chat(news.Event.ConversationId);
        if (news.To.Wants(chat))
        {
            var (conversation, message) = (new ConversationId(news.Event.ConversationId), new MessageId(news.Event.MessageId));
            news.To.Push(chat, new MessageDeletedFrame(conversation.ToString(), message.ToString(), news.At, news.Cursor));
        }

        return Task.CompletedTask;
    }
}
