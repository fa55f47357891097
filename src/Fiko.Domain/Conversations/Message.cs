namespace Fiko.Domain.Conversations;

/// <summary>One message of a conversation. Made and changed only by its conversation, which alone knows the order.</summary>
public sealed class Message
{
    private readonly List<MessageRevision> _revisions = [];
    private readonly List<Delivery> _deliveries = [];

    private Message()
    {
    }

    internal Message(Conversation conversation, MessageAuthor author, string kind, string content, DateTimeOffset createdAt)
    {
        Conversation = conversation;
        ChannelId = conversation.ChannelId;
        Author = author;
        Kind = kind;
        Content = content;
        CreatedAt = createdAt;
    }

    /// <summary>The kind of a plain message; others name what a placeholder stands for (<c>photo</c>, <c>voice</c> …).</summary>
    public const string Text = "text";

    public long Id { get; private set; }

    public long ConversationId { get; private set; }

    public Conversation Conversation { get; private set; } = null!;

    public long ChannelId { get; private set; }

    /// <summary>1, 2, 3 … within the conversation, with no gap; null until the message is visible.</summary>
    public long? Seq { get; private set; }

    public MessageAuthor Author { get; private set; }

    public string Kind { get; private set; } = Text;

    public string Content { get; private set; } = "";

    /// <summary>The sender's own id for it: the same one twice is one message (protocol.md, Idempotent send).</summary>
    public string? ClientId { get; internal set; }

    /// <summary>The agent who wrote it; null for a customer's message.</summary>
    public long? SenderId { get; internal set; }

    public long? ReplyToId { get; internal set; }

    /// <summary>Of support messages only.</summary>
    public MessageStatus? Status { get; private set; }

    /// <summary>Why it failed or is uncertain, fit to be shown: no token, no address.</summary>
    public string? Error { get; private set; }

    /// <summary>The chat it came from and its id there; unique by (channel, chat, id). Null for support messages, whose deliveries hold theirs.</summary>
    public string? Chat { get; internal set; }

    public string? ExternalId { get; internal set; }

    public DateTimeOffset CreatedAt { get; private set; }

    public DateTimeOffset? EditedAt { get; private set; }

    public DateTimeOffset? DeletedAt { get; private set; }

    public IReadOnlyList<MessageRevision> Revisions => _revisions;

    /// <summary>The parts it is sent in, in order; empty for a customer's message.</summary>
    public IReadOnlyList<Delivery> Deliveries => _deliveries;

    public bool IsVisible => Seq is not null;

    internal void Number(long seq) => Seq = seq;

    internal void Deliver(IEnumerable<string> parts, DateTimeOffset now)
    {
        Status = MessageStatus.Pending;
        _deliveries.AddRange(parts.Select((text, part) => new Delivery(this, part, text, now)));
    }

    internal void MarkSent() => Status = MessageStatus.Sent;

    /// <summary>Takes its status from its parts: sent when all are, failed or uncertain as soon as one is.</summary>
    /// <returns>Whether the status or its reason changed.</returns>
    internal bool Settle()
    {
        var before = (Status, Error);
        var stopped = _deliveries.Find(d => d.Status is DeliveryStatus.Failed or DeliveryStatus.Uncertain);
        (Status, Error) = stopped switch
        {
            { Status: DeliveryStatus.Failed } => (MessageStatus.Failed, Describe(stopped)),
            { } => (MessageStatus.Uncertain, Describe(stopped)),
            null when _deliveries.TrueForAll(d => d.Status is DeliveryStatus.Sent) => (MessageStatus.Sent, null),
            null => (MessageStatus.Pending, null),
        };
        return before != (Status, Error);
    }

    internal void Edit(string content, DateTimeOffset now)
    {
        _revisions.Add(new MessageRevision(Content, now));
        (Content, EditedAt) = (content, now);
    }

    internal void Erase(DateTimeOffset now)
    {
        (Content, DeletedAt) = ("", now);
        _revisions.Clear();
        _deliveries.ForEach(d => d.Forget());
    }

    private string? Describe(Delivery part) =>
        _deliveries.Count == 1 ? part.Error : $"Part {part.Part + 1} of {_deliveries.Count}: {part.Error}";
}
