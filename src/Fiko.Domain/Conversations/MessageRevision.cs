namespace Fiko.Domain.Conversations;

/// <summary>What a message said before it was edited.</summary>
public sealed class MessageRevision(string content, DateTimeOffset replacedAt)
{
    public long Id { get; private set; }

    public long MessageId { get; private set; }

    public string Content { get; private set; } = content;

    public DateTimeOffset ReplacedAt { get; private set; } = replacedAt;
}
