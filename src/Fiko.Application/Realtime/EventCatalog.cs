using System.Collections.Frozen;
using System.Text.Json;
using Fiko.Domain.Conversations;
using Fiko.Domain.Shared;
using MediatR;

namespace Fiko.Application.Realtime;

/// <summary>The events that the log can hold: their names there, whom they concern, and the way back to their types.</summary>
public static class EventCatalog
{
    private static readonly Entry[] Entries =
    [
        On<MessageReceived>("message_received", TopicKind.Inbox | TopicKind.Chat),
        On<MessagePublished>("message_published", TopicKind.Inbox | TopicKind.Chat),
        On<MessageStatusChanged>("message_status_changed", TopicKind.Chat),
        On<MessageEdited>("message_edited", TopicKind.Inbox | TopicKind.Chat),
        On<MessageDeleted>("message_deleted", TopicKind.Inbox | TopicKind.Chat),
        On<AlbumGrew>("album_grew", TopicKind.Inbox | TopicKind.Chat),
        On<AttachmentsChanged>("attachments_changed", TopicKind.Chat),
        On<MessageReacted>("message_reacted", TopicKind.Chat),
        On<ConversationRead>("conversation_read", TopicKind.Inbox | TopicKind.Chat),
        On<ConversationStatusChanged>("conversation_status_changed", TopicKind.Inbox | TopicKind.Chat),
        On<ConversationAssigned>("conversation_assigned", TopicKind.Inbox | TopicKind.Chat),
        On<ConversationTagged>("conversation_tagged", TopicKind.Inbox | TopicKind.Chat),
        On<ConversationPrioritised>("conversation_prioritised", TopicKind.Inbox | TopicKind.Chat),
        On<ConversationRetitled>("conversation_retitled", TopicKind.Inbox | TopicKind.Chat),
        On<NoteWritten>("note_written", TopicKind.Inbox | TopicKind.Chat),
        On<ConversationDeleted>("conversation_deleted", TopicKind.Inbox | TopicKind.Chat),
        On<CustomerChanged>("customer_changed", TopicKind.Inbox),
    ];

    private static readonly FrozenDictionary<string, Entry> ByName = Entries.ToFrozenDictionary(e => e.Name);
    private static readonly FrozenDictionary<Type, Entry> ByType = Entries.ToFrozenDictionary(e => e.Type);

    /// <summary>What programs may ask for by name.</summary>
    public static IReadOnlyCollection<string> Names => ByName.Keys;

    /// <summary>The row that keeps an event.</summary>
    public static LoggedEvent Write(IDomainEvent happened, long workspaceId, long position, DateTimeOffset at)
    {
        var entry = ByType[happened.GetType()];
        return new LoggedEvent
        {
            WorkspaceId = workspaceId,
            Position = position,
            Name = entry.Name,
            Concerns = entry.Concerns,
            ConversationId = ((IConversationEvent)happened).ConversationId,
            MessageId = (happened as IMessageEvent)?.MessageId,
            Facts = JsonSerializer.Serialize(happened, happened.GetType()),
            OccurredAt = at,
        };
    }

    /// <summary>Tells the handlers of a row's event.</summary>
    public static Task PublishAsync(LoggedEvent row, string logStamp, PresentState now, IFrameSink to, IMediator mediator, CancellationToken ct) =>
        mediator.Publish(ByName[row.Name].Raise(row, Cursor.Write(logStamp, row.Position), now, to), ct);

    /// <summary>What an event is called in the log.</summary>
    public static string NameOf<TEvent>()
        where TEvent : IConversationEvent => ByType[typeof(TEvent)].Name;

    /// <summary>The event that a row keeps.</summary>
    public static IConversationEvent Read(LoggedEvent row) => (IConversationEvent)JsonSerializer.Deserialize(row.Facts, ByName[row.Name].Type)!;

    private static Entry On<TEvent>(string name, TopicKind concerns)
        where TEvent : IConversationEvent =>
        new(name, typeof(TEvent), concerns, (row, cursor, now, to) =>
            new Raised<TEvent>(JsonSerializer.Deserialize<TEvent>(row.Facts)!, cursor, row.OccurredAt, now, to));

    private sealed record Entry(string Name, Type Type, TopicKind Concerns, Func<LoggedEvent, string, PresentState, IFrameSink, INotification> Raise);
}
