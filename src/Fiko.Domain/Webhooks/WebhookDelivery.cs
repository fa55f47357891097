namespace Fiko.Domain.Webhooks;

/// <summary>What is known of one event on its way to one receiver. Stored by name.</summary>
public enum WebhookDeliveryStatus
{
    Pending,

    /// <summary>An attempt was begun and has not been answered yet.</summary>
    Sending,
    Delivered,

    /// <summary>Given up; a person may send it again.</summary>
    Dead,
}

/// <summary>
/// One event on its way to one receiver. It holds references; the body is built from the present state when it is sent. Sent at
/// least once: an attempt whose lease has ended without an answer is made again.
/// </summary>
public sealed class WebhookDelivery
{
    private const int OnceOnly = 1;

    private WebhookDelivery()
    {
    }

    /// <summary>An event of the log.</summary>
    public WebhookDelivery(long webhookId, WebhookEvent happened, DateTimeOffset now)
    {
        (WebhookId, Position, Event) = (webhookId, happened.Position, happened.Name);
        (ConversationId, MessageId) = (happened.ConversationId, happened.MessageId);
        CreatedAt = QueuedAt = DueAt = now;
    }

    private WebhookDelivery(long webhookId, string ping, DateTimeOffset now)
    {
        (WebhookId, Event) = (webhookId, ping);
        CreatedAt = QueuedAt = DueAt = now;
    }

    public long Id { get; private set; }

    public long WebhookId { get; private set; }

    /// <summary>The event's place in the log; null for a test.</summary>
    public long? Position { get; private set; }

    public string Event { get; private set; } = "";

    /// <summary>Deliveries of one conversation go one after the other; 0 for what belongs to none.</summary>
    public long ConversationId { get; private set; }

    public long? MessageId { get; private set; }

    public WebhookDeliveryStatus Status { get; private set; }

    /// <summary>Attempts begun since it was queued, this one included.</summary>
    public int Attempts { get; private set; }

    /// <summary>While pending: not to be tried before. While sending: when the attempt counts as lost.</summary>
    public DateTimeOffset DueAt { get; private set; }

    /// <summary>Since when it is being tried; a person who sends it again begins anew.</summary>
    public DateTimeOffset QueuedAt { get; private set; }

    public DateTimeOffset? LastAttemptAt { get; private set; }

    /// <summary>The status that the receiver answered last; null where it did not.</summary>
    public int? LastStatusCode { get; private set; }

    /// <summary>How long the last attempt took, in milliseconds.</summary>
    public int? Duration { get; private set; }

    public string? Error { get; private set; }

    public DateTimeOffset CreatedAt { get; private set; }

    /// <summary>When it was delivered or given up.</summary>
    public DateTimeOffset? EndedAt { get; private set; }

    /// <summary>Concurrency token: of two servers that reach for it, one gets it.</summary>
    public int Version { get; private set; }

    public bool IsEnded => Status is WebhookDeliveryStatus.Delivered or WebhookDeliveryStatus.Dead;

    /// <summary>A test: no event of the log, tried once.</summary>
    public static WebhookDelivery Test(long webhookId, string name, DateTimeOffset now) => new(webhookId, name, now);

    public void Begin(DateTimeOffset now, DateTimeOffset leaseUntil) =>
        (Status, Attempts, LastAttemptAt, DueAt, Version) = (WebhookDeliveryStatus.Sending, Attempts + 1, now, leaseUntil, Version + 1);

    public void Succeed(WebhookAnswer answer, DateTimeOffset now) => End(WebhookDeliveryStatus.Delivered, answer, now);

    public void GiveUp(WebhookAnswer answer, DateTimeOffset now) => End(WebhookDeliveryStatus.Dead, answer, now);

    public void Postpone(WebhookAnswer answer, DateTimeOffset until)
    {
        Note(answer);
        (Status, DueAt, Version) = (WebhookDeliveryStatus.Pending, until, Version + 1);
    }

    /// <summary>Whether another attempt at that time is still in time.</summary>
    public bool MayTryAt(DateTimeOffset at, TimeSpan patience) => (Position is not null || Attempts < OnceOnly) && at < QueuedAt + patience;

    /// <summary>A person, or a replay of the log, wants it sent again.</summary>
    public void Restart(DateTimeOffset now)
    {
        (Status, Attempts, DueAt, QueuedAt, EndedAt) = (WebhookDeliveryStatus.Pending, 0, now, now, null);
        (LastStatusCode, Duration, Error, Version) = (null, null, null, Version + 1);
    }

    private void End(WebhookDeliveryStatus status, WebhookAnswer answer, DateTimeOffset now)
    {
        Note(answer);
        (Status, EndedAt, Version) = (status, now, Version + 1);
    }

    private void Note(WebhookAnswer answer) => (LastStatusCode, Duration, Error) = (answer.StatusCode, (int)answer.Took.TotalMilliseconds, answer.Error);
}

/// <summary>A row of the log, as far as a delivery keeps it.</summary>
public sealed record WebhookEvent(long Position, string Name, long ConversationId, long? MessageId);

/// <summary>How an attempt went.</summary>
/// <param name="StatusCode">What was answered; null where nothing was.</param>
/// <param name="Took">How long it took.</param>
/// <param name="Error">What went wrong, in words without addresses; null where nothing did.</param>
public sealed record WebhookAnswer(int? StatusCode, TimeSpan Took, string? Error);
