namespace Fiko.Domain.Conversations;

/// <summary>One end of a conversation: a fact for reports, which opening it again does not undo.</summary>
public sealed class ConversationClosing
{
    private ConversationClosing()
    {
    }

    internal ConversationClosing(Conversation conversation, long? agentId, DateTimeOffset closedAt)
    {
        WorkspaceId = conversation.WorkspaceId;
        Source = conversation.Source;
        AgentId = agentId;
        ClosedAt = closedAt;
        ResolutionTime = Math.Max(0, (long)(closedAt - conversation.OpenedAt).TotalMilliseconds);
    }

    public long Id { get; private set; }

    public long WorkspaceId { get; private set; }

    public long ConversationId { get; private set; }

    public string Source { get; private set; } = "";

    /// <summary>Whose it was, or else who closed it.</summary>
    public long? AgentId { get; private set; }

    public DateTimeOffset ClosedAt { get; private set; }

    /// <summary>From its beginning, or from when it was opened again. In milliseconds, so that the database can rank them.</summary>
    public long ResolutionTime { get; private set; }
}
