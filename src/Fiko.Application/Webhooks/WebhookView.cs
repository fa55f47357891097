using System.Text.Json.Serialization;
using Fiko.Application.Realtime;
using Fiko.Application.Resources;
using Fiko.Application.Shared;
using Fiko.Domain.Webhooks;
using Microsoft.EntityFrameworkCore;

namespace Fiko.Application.Webhooks;

/// <summary>A subscription as REST shows it.</summary>
/// <param name="Id">Its number.</param>
/// <param name="Url">Where events are sent.</param>
/// <param name="Events">Which, by name; null for all.</param>
/// <param name="Description">For people.</param>
/// <param name="IsActive">Whether events are sent.</param>
/// <param name="DisabledReason">Why the server itself switched it off; null where a person did, or while it is on.</param>
/// <param name="Cursor">Up to there, every event is on its way or is not wanted.</param>
/// <param name="OldSecretUntil">Until when the secret before signs as well; null where there is none.</param>
/// <param name="CreatedAt">When it was made.</param>
/// <param name="UpdatedAt">When somebody changed it last.</param>
public sealed record WebhookView(
    long Id,
    string Url,
    IReadOnlyList<string>? Events,
    string Description,
    bool IsActive,
    string? DisabledReason,
    string Cursor,
    DateTimeOffset? OldSecretUntil,
    DateTimeOffset CreatedAt,
    DateTimeOffset UpdatedAt) : IVersioned
{
    /// <summary>What signs its events. Shown when it is made, and never again.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Secret { get; init; }

    [JsonIgnore]
    public int Version { get; init; }

    // A record prints its members, and one of these is a key.
    public override string ToString() => $"{nameof(WebhookView)} {Id}";

    internal static WebhookView Of(WebhookSubscription webhook, string logStamp, DateTimeOffset now) => new(
        webhook.Id,
        webhook.Url,
        webhook.Events,
        webhook.Description,
        webhook.IsActive,
        webhook.DisabledReason,
        Realtime.Cursor.Write(logStamp, webhook.Position),
        webhook.OldSecretUntil > now ? webhook.OldSecretUntil : null,
        webhook.CreatedAt,
        webhook.UpdatedAt)
    {
        Version = webhook.Version,
    };
}

/// <summary>A delivery as the log of a subscription shows it.</summary>
/// <param name="Id">Its number.</param>
/// <param name="Cursor">The event's place in the log; null for a test.</param>
/// <param name="Type">The event's name, or <c>ping</c>.</param>
/// <param name="ConversationId">Where; null for a test.</param>
/// <param name="MessageId">The message that the event is about; null where it is about none.</param>
/// <param name="Status">How far it is.</param>
/// <param name="Attempts">So many, since it was queued or last replayed.</param>
/// <param name="LastStatusCode">What the receiver answered last; null where it did not.</param>
/// <param name="DurationMs">How long the last attempt took.</param>
/// <param name="Error">What went wrong with it.</param>
/// <param name="CreatedAt">When it was queued first.</param>
/// <param name="LastAttemptAt">When it was tried last.</param>
/// <param name="NextAttemptAt">When it is tried next, at the earliest; null where it is not.</param>
/// <param name="EndedAt">When it was delivered or given up.</param>
public sealed record WebhookDeliveryView(
    long Id,
    string? Cursor,
    string Type,
    string? ConversationId,
    string? MessageId,
    WebhookDeliveryStatus Status,
    int Attempts,
    int? LastStatusCode,
    int? DurationMs,
    string? Error,
    DateTimeOffset CreatedAt,
    DateTimeOffset? LastAttemptAt,
    DateTimeOffset? NextAttemptAt,
    DateTimeOffset? EndedAt)
{
    internal static WebhookDeliveryView Of(WebhookDelivery delivery, string logStamp) => new(
        delivery.Id,
        delivery.Position is { } position ? Realtime.Cursor.Write(logStamp, position) : null,
        delivery.Event,
        delivery.ConversationId == 0 ? null : new Domain.Conversations.ConversationId(delivery.ConversationId).ToString(),
        delivery.MessageId is { } message ? new Domain.Conversations.MessageId(message).ToString() : null,
        delivery.Status,
        delivery.Attempts,
        delivery.LastStatusCode,
        delivery.Duration,
        delivery.Error,
        delivery.CreatedAt,
        delivery.LastAttemptAt,
        delivery.Status is WebhookDeliveryStatus.Pending ? delivery.DueAt : null,
        delivery.EndedAt);
}

internal static class WebhookAccess
{
    /// <exception cref="Domain.Shared.RuleBrokenException">There is none, it is another workspace's, or the caller may not administer.</exception>
    public static async Task<WebhookSubscription> GetWebhookAsync(this IFikoDb db, long id, Caller by, CancellationToken ct)
    {
        by.MustAdminister();
        return await db.Webhooks.VisibleTo(by).SingleOrDefaultAsync(w => w.Id == id, ct) ?? throw Access.WebhookNotFound();
    }
}
