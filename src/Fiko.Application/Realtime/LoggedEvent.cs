namespace Fiko.Application.Realtime;

/// <summary>
/// One row of the append-only event log (protocol.md, The event log): a position that rises by one within the workspace,
/// and references. Texts are not in it, so that erasing a message erases it everywhere.
/// </summary>
public sealed class LoggedEvent
{
    public long WorkspaceId { get; init; }

    public long Position { get; init; }

    /// <summary>The event's name in <see cref="EventCatalog"/>.</summary>
    public required string Name { get; init; }

    /// <summary>The kinds of sockets that hear of it, so that what a socket missed can be counted and read by index.</summary>
    public TopicKind Concerns { get; init; }

    public long ConversationId { get; init; }

    public long? MessageId { get; init; }

    /// <summary>The event itself, as JSON.</summary>
    public required string Facts { get; init; }

    public DateTimeOffset OccurredAt { get; init; }
}
