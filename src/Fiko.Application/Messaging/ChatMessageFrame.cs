using System.Text.Json.Serialization;
using Fiko.Application.Realtime;
using Fiko.Domain.Conversations;
using Fiko.Domain.Shared;
using MediatR;

namespace Fiko.Application.Messaging;

/// <summary>A message of the chat, of either side, or a note for colleagues.</summary>
/// <param name="Message">The message.</param>
/// <param name="ExternalSendResult">What the platform said; only on messages of type support.</param>
/// <param name="Duplicate">True where a client_id came again: the stored message, for its sender alone.</param>
/// <param name="Timestamp">When it became visible.</param>
/// <param name="Cursor">Its place in the log.</param>
[SentTo(TopicKind.Chat)]
public sealed record ChatMessageFrame(
    MessageView Message,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] ExternalSendResult? ExternalSendResult,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] bool? Duplicate,
    DateTimeOffset Timestamp,
    string? Cursor) : DurableFrame("chat_message", Cursor);

internal sealed class BroadcastChatMessage :
    INotificationHandler<Raised<MessageReceived>>,
    INotificationHandler<Raised<MessagePublished>>,
    INotificationHandler<Raised<NoteWritten>>
{
    public Task Handle(Raised<NoteWritten> news, CancellationToken ct) => Tell(news);

    public Task Handle(Raised<MessageReceived> news, CancellationToken ct) => Tell(news);

    public Task Handle(Raised<MessagePublished> news, CancellationToken ct) => Tell(news);

    private static Task Tell<TEvent>(Raised<TEvent> news)
        where TEvent : IMessageEvent, IDomainEvent
    {
        var chat = Topic.Chat(news.Event.ConversationId);
        if (news.To.Wants(chat) && news.Now.Message(news.Event.MessageId) is { } message)
        {
            news.To.Push(chat, new ChatMessageFrame(message.View, message.SendResult, Duplicate: null, news.At, news.Cursor));
        }

        return Task.CompletedTask;
    }
}
