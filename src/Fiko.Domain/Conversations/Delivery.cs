namespace Fiko.Domain.Conversations;

/// <summary>What is known of one part on its way to the platform. Stored by name.</summary>
public enum DeliveryStatus
{
    Pending,

    /// <summary>An attempt was begun and has not been answered yet.</summary>
    Sending,
    Sent,
    Failed,
    Uncertain,
}

/// <summary>
/// One part of a support message on its way to the platform. An attempt is recorded before it is made, under a lease:
/// when the lease has ended without an answer, nobody can know whether the platform took it, and it is uncertain.
/// </summary>
public sealed class Delivery
{
    private Delivery()
    {
    }

    internal Delivery(Message message, int part, OutgoingPiece piece, DateTimeOffset now)
    {
        if (message.Author is not MessageAuthor.Support)
        {
            throw new InvalidOperationException("Only an answer is ever sent to a customer");
        }

        Message = message;
        ConversationId = message.Conversation.Id;
        ChannelId = message.ChannelId;
        Chat = message.Conversation.Chat;
        Part = part;
        Text = piece.Text;
        Attachment = piece.File;
        CreatedAt = DueAt = now;
    }

    public long Id { get; private set; }

    public long MessageId { get; private set; }

    public Message Message { get; private set; } = null!;

    public long ConversationId { get; private set; }

    public long ChannelId { get; private set; }

    public string Chat { get; private set; } = "";

    /// <summary>0, 1, 2 … within the message.</summary>
    public int Part { get; private set; }

    public string Text { get; private set; } = "";

    /// <summary>The file that this part carries; its text is the caption then.</summary>
    public long? AttachmentId { get; private set; }

    public Attachment? Attachment { get; private set; }

    public DeliveryStatus Status { get; private set; }

    /// <summary>Attempts begun so far, this one included.</summary>
    public int Attempts { get; private set; }

    /// <summary>Not to be tried before.</summary>
    public DateTimeOffset DueAt { get; private set; }

    /// <summary>While sending: when the attempt counts as lost.</summary>
    public DateTimeOffset? LeaseUntil { get; private set; }

    /// <summary>The platform's id of what was sent.</summary>
    public string? ExternalId { get; private set; }

    public string? Error { get; private set; }

    public DateTimeOffset CreatedAt { get; private set; }

    /// <summary>Concurrency token: of two workers that reach for the same part, one gets it.</summary>
    public int Version { get; private set; }

    public void Begin(DateTimeOffset leaseUntil) =>
        (Status, Attempts, LeaseUntil, Version) = (DeliveryStatus.Sending, Attempts + 1, leaseUntil, Version + 1);

    /// <param name="scope">Within what the id is unique: see <see cref="PlatformId"/>.</param>
    /// <param name="externalId">The platform's id of it.</param>
    public void Succeed(string scope, string? externalId)
    {
        End(DeliveryStatus.Sent, error: null, externalId);
        Message.KnowAs(scope, externalId);
    }

    public void Fail(string error) => End(DeliveryStatus.Failed, error);

    public void LoseTrack(string error) => End(DeliveryStatus.Uncertain, error);

    /// <summary>The platform certainly did not take it: to be tried again.</summary>
    public void Postpone(DateTimeOffset until, string error)
    {
        End(DeliveryStatus.Pending, error);
        DueAt = until;
    }

    /// <summary>The chat has another id now; the attempt that found out does not count.</summary>
    public void MoveTo(string chat, DateTimeOffset now)
    {
        End(DeliveryStatus.Pending, error: null);
        (Chat, DueAt, Attempts) = (chat, now, Math.Max(0, Attempts - 1));
    }

    /// <summary>A person decided to try again, knowing that an uncertain part may arrive twice.</summary>
    public void Restart(DateTimeOffset now)
    {
        End(DeliveryStatus.Pending, error: null);
        (Attempts, DueAt) = (0, now);
    }

    /// <summary>The message was taken back: its words are kept nowhere.</summary>
    internal void Forget() => (Text, Version) = ("", Version + 1);

    private void End(DeliveryStatus status, string? error, string? externalId = null) =>
        (Status, Error, ExternalId, LeaseUntil, Version) = (status, error, externalId, null, Version + 1);
}
