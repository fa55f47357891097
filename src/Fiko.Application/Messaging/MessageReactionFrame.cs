using Fiko.Application.Realtime;
using Fiko.Domain.Conversations;
using MediatR;

namespace Fiko.Application.Messaging;

/// <summary>One side put an emoji on a message.</summary>
/// <param name="ConversationId">Where.</param>
/// <param name="MessageId">On which.</param>
/// <param name="Emoji">Null where it was taken back.</param>
/// <param name="By">Which side.</param>
/// <param name="UserId">Which agent; null for the customer.</param>
/// <param name="Timestamp">When.</param>
/// <param name="Cursor">Its place in the log.</param>
[SentTo(TopicKind.Chat)]
public sealed record MessageReactionFrame(
    string ConversationId,
    string MessageId,
    string? Emoji,
    MessageAuthor By,
    long? UserId,
    DateTimeOffset Timestamp,
    string Cursor) : DurableFrame("message_reaction", Cursor);

internal sealed class BroadcastReaction : INotificationHandler<Raised<MessageReacted>>
{
    public Task Handle(Raised<MessageReacted> news, CancellationToken ct)
    {
        var reacted = news.Event;
        var chat = Topic.Chat(reacted.ConversationId);
        if (news.To.Wants(chat))
        {
            var (conversation, message) = (new ConversationId(reacted.ConversationId), new MessageId(reacted.MessageId));
            news.To.Push(chat, new MessageReactionFrame(
                conversation.ToString(), message.ToString(), reacted.Emoji, reacted.By, reacted.AgentId, news.At, news.Cursor));
        }

        return Task.CompletedTask;
    }
}
