namespace Fiko.Domain.Conversations;

/// <summary>How far one agent has read one conversation. Never moves back.</summary>
public sealed class ReadPosition(long conversationId, long agentId, long upToSeq, DateTimeOffset at)
{
    public long ConversationId { get; private set; } = conversationId;

    public long AgentId { get; private set; } = agentId;

    public long UpToSeq { get; private set; } = upToSeq;

    public DateTimeOffset At { get; private set; } = at;

    public void Advance(long upToSeq, DateTimeOffset now)
    {
        if (upToSeq > UpToSeq)
        {
            (UpToSeq, At) = (upToSeq, now);
        }
    }
}
