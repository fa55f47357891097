namespace Fiko.Domain.Conversations;

/// <summary>One message of a conversation. Made and changed only by its conversation, which alone knows the order.</summary>
public sealed class Message
{
    private readonly List<MessageRevision> _revisions = [];
    private readonly List<Delivery> _deliveries = [];
    private readonly List<Attachment> _attachments = [];
    private readonly List<PlatformId> _platformIds = [];

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

    /// <summary>A hash of what was asked for with that id: the same id with something else is a mistake, and known as one.</summary>
    public string? Fingerprint { get; internal set; }

    /// <summary>The agent who wrote it; null for a customer's message.</summary>
    public long? SenderId { get; internal set; }

    public long? ReplyToId { get; internal set; }

    /// <summary>The agents that a note calls; null where none.</summary>
    public IReadOnlyList<long>? Mentions { get; private set; }

    /// <summary>Of support messages only.</summary>
    public MessageStatus? Status { get; private set; }

    /// <summary>Why it failed or is uncertain, fit to be shown: no token, no address.</summary>
    public string? Error { get; private set; }

    /// <summary>What was written under the files, where the content is a placeholder that holds it too.</summary>
    public string? Caption { get; private set; }

    /// <summary>The platform's mark of the album that it is made of; unique in the conversation.</summary>
    public string? Album { get; internal set; }

    /// <summary>The platform's id of a message that came from there. Null for ours, whose deliveries hold theirs.</summary>
    public string? ExternalId { get; private set; }

    /// <summary>What a support message was written with, where it was not this server.</summary>
    public string? Via { get; internal set; }

    /// <summary>How many files it has: most messages have none, and then nobody looks for any.</summary>
    public int AttachmentCount { get; private set; }

    /// <summary>The emoji that the customer put on it.</summary>
    public string? CustomerReaction { get; private set; }

    /// <summary>The emoji that the business put on it, and who did.</summary>
    public string? SupportReaction { get; private set; }

    public long? SupportReactorId { get; private set; }

    /// <summary>The platform's number of the newest edit and the newest reaction: older ones that come late change nothing.</summary>
    public long EditOrder { get; private set; }

    public long ReactionOrder { get; private set; }

    public DateTimeOffset CreatedAt { get; private set; }

    public DateTimeOffset? EditedAt { get; private set; }

    public DateTimeOffset? DeletedAt { get; private set; }

    public IReadOnlyList<MessageRevision> Revisions => _revisions;

    /// <summary>The parts it is sent in, in order; empty for a customer's message.</summary>
    public IReadOnlyList<Delivery> Deliveries => _deliveries;

    public IReadOnlyList<Attachment> Attachments => _attachments;

    /// <summary>All that the platform calls it; added to without being read.</summary>
    public IReadOnlyList<PlatformId> PlatformIds => _platformIds;

    public bool IsVisible => Seq is not null;

    internal void Number(long seq) => Seq = seq;

    internal void Deliver(IEnumerable<OutgoingPiece> pieces, DateTimeOffset now)
    {
        MustBeAnAnswer();
        Status = MessageStatus.Pending;
        _deliveries.AddRange(pieces.Select((piece, part) => new Delivery(this, part, piece, now)));
    }

    internal void CameAs(string scope, string? externalId)
    {
        ExternalId = externalId;
        KnowAs(scope, externalId);
    }

    internal void KnowAs(string scope, string? externalId)
    {
        if (externalId is not null)
        {
            _platformIds.Add(new PlatformId(ChannelId, scope, externalId));
        }
    }

    internal void Describe(string content, string? caption) => (Content, Caption) = (content, caption);

    internal void Attach(IReadOnlyList<Attachment> files)
    {
        _attachments.AddRange(files);
        AttachmentCount += files.Count;
    }

    internal bool React(MessageAuthor by, string? emoji, long? agentId)
    {
        if (by is MessageAuthor.Customer)
        {
            (var before, CustomerReaction) = (CustomerReaction, emoji);
            return before != emoji;
        }

        (var last, SupportReaction, SupportReactorId) = (SupportReaction, emoji, emoji is null ? null : agentId);
        return last != emoji;
    }

    internal void MarkReaction(long order) => ReactionOrder = order;

    internal void MarkEdit(long order) => EditOrder = order;

    internal void MarkRead() => Status = MessageStatus.Read;

    internal void MarkSent()
    {
        MustBeAnAnswer();
        Status = MessageStatus.Sent;
    }

    internal void Mention(IReadOnlyList<long> agents) => Mentions = agents.Count == 0 ? null : agents;

    /// <summary>Takes its status from its parts: sent when all are, failed or uncertain as soon as one is.</summary>
    /// <returns>Whether the status or its reason changed.</returns>
    internal bool Settle()
    {
        MustBeAnAnswer();
        var before = (Status, Error);
        var stopped = _deliveries.Find(d => d.Status is DeliveryStatus.Failed or DeliveryStatus.Uncertain);
        (Status, Error) = stopped switch
        {
            { Status: DeliveryStatus.Failed } => (MessageStatus.Failed, Describe(stopped)),
            { } => (MessageStatus.Uncertain, Describe(stopped)),
            null when _deliveries.TrueForAll(d => d.Status is DeliveryStatus.Sent) => (Status is MessageStatus.Read ? MessageStatus.Read : MessageStatus.Sent, null),
            null => (MessageStatus.Pending, null),
        };
        return before != (Status, Error);
    }

    internal void Edit(string content, string? caption, DateTimeOffset now)
    {
        _revisions.Add(new MessageRevision(Content, now));
        (Content, Caption, EditedAt) = (content, caption, now);
    }

    internal void Erase(DateTimeOffset now)
    {
        (Content, Caption, DeletedAt) = ("", null, now);
        (Mentions, Fingerprint) = (null, null);
        (CustomerReaction, SupportReaction, SupportReactorId) = (null, null, null);
        _revisions.Clear();
        _deliveries.ForEach(d => d.Forget());
        _attachments.ForEach(a => a.Delete());
    }

    // A customer's message has no way out, and a note must never find one.
    private void MustBeAnAnswer()
    {
        if (Author is not MessageAuthor.Support)
        {
            throw new InvalidOperationException("Only an answer is ever sent to a customer");
        }
    }

    private string? Describe(Delivery part) =>
        _deliveries.Count == 1 ? part.Error : $"Part {part.Part + 1} of {_deliveries.Count}: {part.Error}";
}
