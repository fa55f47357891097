namespace Fiko.Domain.Webhooks;

/// <summary>An address of an integrator that the workspace's events are sent to, with its own place in the log.</summary>
public sealed class WebhookSubscription
{
    private WebhookSubscription()
    {
    }

    /// <param name="workspaceId">Whose events.</param>
    /// <param name="target">Which of them, and where to.</param>
    /// <param name="sealedSecret">What signs them.</param>
    /// <param name="position">The newest place of the log: what happened before is not sent by itself.</param>
    /// <param name="now">When.</param>
    public WebhookSubscription(long workspaceId, WebhookTarget target, string sealedSecret, long position, DateTimeOffset now)
    {
        (WorkspaceId, SealedSecret, Position, CreatedAt, UpdatedAt) = (workspaceId, sealedSecret, position, now, now);
        (Url, Events, Description) = target;
    }

    public long Id { get; private set; }

    public long WorkspaceId { get; private set; }

    public string Url { get; private set; } = "";

    /// <summary>The names of the events that are wanted; null for all, those that do not exist yet included.</summary>
    public IReadOnlyList<string>? Events { get; private set; }

    public string Description { get; private set; } = "";

    public bool IsActive { get; private set; } = true;

    /// <summary>Why the server itself switched it off; null where a person did, or while it is on.</summary>
    public string? DisabledReason { get; private set; }

    /// <summary>What signs the deliveries, sealed. Empty once it is removed.</summary>
    public string SealedSecret { get; private set; } = "";

    /// <summary>The secret before, which signs beside the new one for a while.</summary>
    public string? SealedOldSecret { get; private set; }

    public DateTimeOffset? OldSecretUntil { get; private set; }

    /// <summary>Every event up to there has its delivery, or is not wanted. Concurrency token: of two servers, one moves it.</summary>
    public long Position { get; private set; }

    /// <summary>Below this place deliveries may be there already, because somebody went back in the log.</summary>
    public long ReplayedUntil { get; private set; }

    public DateTimeOffset CreatedAt { get; private set; }

    public DateTimeOffset UpdatedAt { get; private set; }

    public DateTimeOffset? RemovedAt { get; private set; }

    /// <summary>Changes with whatever a person changes, and not with what is sent. Concurrency token.</summary>
    public int Version { get; private set; }

    public bool Wants(string name) => Events is null || Events.Contains(name);

    /// <returns>The fields that are different now, in their wire names.</returns>
    public IReadOnlyList<string> Change(WebhookTarget target, bool isActive, DateTimeOffset now)
    {
        List<string> changed =
        [
            .. Named("url", Url != target.Url),
            .. Named("events", !(Events ?? []).SequenceEqual(target.Events ?? []) || Events is null != target.Events is null),
            .. Named("description", Description != target.Description),
            .. Named("is_active", IsActive != isActive),
        ];
        if (changed.Count == 0)
        {
            return changed;
        }

        (Url, Events, Description) = target;
        IsActive = isActive;
        DisabledReason = null;
        Touch(now);
        return changed;
    }

    /// <summary>The receiver said that it wants no more.</summary>
    public void Disable(string reason, DateTimeOffset now)
    {
        (IsActive, DisabledReason) = (false, reason);
        Touch(now);
    }

    public void ChangeSecret(string sealedSecret, DateTimeOffset oldUntil, DateTimeOffset now)
    {
        (SealedOldSecret, OldSecretUntil, SealedSecret) = (SealedSecret, oldUntil, sealedSecret);
        Touch(now);
    }

    public void Advance(long position) => Position = position;

    /// <summary>Goes back in the log: what comes after is sent again.</summary>
    public void Rewind(long position, DateTimeOffset now)
    {
        ReplayedUntil = Math.Max(ReplayedUntil, Position);
        Position = Math.Min(Position, position);
        Touch(now);
    }

    /// <summary>Forgets its secrets at once; the deliveries are cleared away by and by.</summary>
    public void Remove(DateTimeOffset now)
    {
        (RemovedAt, IsActive, SealedSecret, SealedOldSecret, OldSecretUntil) = (now, false, "", null, null);
        Touch(now);
    }

    private void Touch(DateTimeOffset now) => (UpdatedAt, Version) = (now, Version + 1);

    private static IEnumerable<string> Named(string field, bool isChanged) => isChanged ? [field] : [];
}

/// <summary>What a person says of a subscription.</summary>
/// <param name="Url">Where to.</param>
/// <param name="Events">Names; null for all.</param>
/// <param name="Description">For people.</param>
public sealed record WebhookTarget(string Url, IReadOnlyList<string>? Events, string Description);
