namespace Fiko.Domain.Conversations;

/// <summary>What an agent has begun to write in a conversation. Nobody else's business.</summary>
public sealed class Draft(long conversationId, long agentId, string content, DateTimeOffset updatedAt)
{
    public long ConversationId { get; private set; } = conversationId;

    public long AgentId { get; private set; } = agentId;

    public string Content { get; private set; } = content;

    public DateTimeOffset UpdatedAt { get; private set; } = updatedAt;

    public void Write(string content, DateTimeOffset now) => (Content, UpdatedAt) = (content, now);
}
