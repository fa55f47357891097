namespace Fiko.Domain.Conversations;

/// <content>What reports count. Each is written once, when it happens.</content>
public sealed partial class Conversation
{
    private readonly List<ConversationClosing> _closings = [];

    /// <summary>When the customer first wrote; null where the business began and they never answered.</summary>
    public DateTimeOffset? AskedAt { get; private set; }

    /// <summary>When somebody first answered them.</summary>
    public DateTimeOffset? AnsweredAt { get; private set; }

    /// <summary>Who did; null where it was written in the platform's own app.</summary>
    public long? AnsweredBy { get; private set; }

    /// <summary>How long the customer waited for the first answer, in milliseconds, so that the database can rank it.</summary>
    public long? FirstResponseTime { get; private set; }

    /// <summary>When it was last opened again.</summary>
    public DateTimeOffset? ReopenedAt { get; private set; }

    public DateTimeOffset OpenedAt => ReopenedAt ?? CreatedAt;

    /// <summary>Added to without being read.</summary>
    public IReadOnlyList<ConversationClosing> Closings => _closings;

    private void RecordWords(Message message)
    {
        if (message.Author is MessageAuthor.Customer)
        {
            AskedAt ??= message.CreatedAt;
        }
        else if (message.Author is MessageAuthor.Support && AnsweredAt is null && AskedAt is { } asked && message.CreatedAt >= asked)
        {
            (AnsweredAt, AnsweredBy) = (message.CreatedAt, message.SenderId);
            FirstResponseTime = (long)(message.CreatedAt - asked).TotalMilliseconds;
        }
    }

    private void RecordStatus(ConversationStatus from, long? by, DateTimeOffset now)
    {
        if (Status is ConversationStatus.Closed)
        {
            _closings.Add(new ConversationClosing(this, AssignedTo ?? by, now));
        }
        else if (from is ConversationStatus.Closed)
        {
            ReopenedAt = now;
        }
    }
}
