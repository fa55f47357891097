namespace Fiko.Domain.Channels;

/// <summary>A workspace's account on an outside platform: a bot, a business account, or an integrator's own API channel.</summary>
public sealed class ChannelAccount
{
    private ChannelAccount()
    {
    }

    public ChannelAccount(long workspaceId, string source, string name, string? username, string? externalId, DateTimeOffset createdAt)
    {
        WorkspaceId = workspaceId;
        Source = source;
        Name = name;
        Username = username;
        ExternalId = externalId;
        Status = ChannelStatus.Active;
        CreatedAt = createdAt;
    }

    public long Id { get; private set; }

    public long WorkspaceId { get; private set; }

    /// <summary>Which platform: one of the registered channels' names.</summary>
    public string Source { get; private set; } = "";

    public string Name { get; private set; } = "";

    /// <summary>True where an administrator chose the name: what the platform calls the account changes it no more.</summary>
    public bool IsNamedByHand { get; private set; }

    public string? Username { get; private set; }

    /// <summary>The platform's own id of the account (a bot's user id); unique per source while the channel is connected.</summary>
    public string? ExternalId { get; private set; }

    /// <summary>The platform's access token, sealed: readable only with the server's keys.</summary>
    public string? SealedToken { get; private set; }

    /// <summary>What the platform must show to be believed (a webhook's secret), sealed.</summary>
    public string? SealedSecret { get; private set; }

    /// <summary>SHA-256 in hex of an API channel's key; the key itself is shown once and not kept.</summary>
    public string? KeyHash { get; private set; }

    /// <summary>True where updates are fetched instead of pushed to us: there is no public address.</summary>
    public bool Polls { get; private set; }

    /// <summary>The next update to ask for while polling. Moves only after what came before is stored.</summary>
    public long PollOffset { get; private set; }

    /// <summary>When the access token ends, for platforms whose tokens do; null where it does not or nobody knows.</summary>
    public DateTimeOffset? TokenExpiresAt { get; private set; }

    /// <summary>When the access token was given: some may be renewed only after a while.</summary>
    public DateTimeOffset? TokenIssuedAt { get; private set; }

    public ChannelStatus Status { get; private set; }

    /// <summary>Why the status is an error, in the platform's words, without tokens or addresses.</summary>
    public string? LastError { get; private set; }

    public DateTimeOffset? LastEventAt { get; private set; }

    public DateTimeOffset CreatedAt { get; private set; }

    /// <summary>Set when the channel was taken down. Its conversations stay.</summary>
    public DateTimeOffset? RemovedAt { get; private set; }

    /// <summary>Rises when what administrators see of it changes, but for <see cref="LastEventAt"/>; the row's concurrency token.</summary>
    public int Version { get; private set; }

    public void Arm(string? sealedToken, string? sealedSecret, bool polls)
    {
        SealedToken = sealedToken;
        SealedSecret = sealedSecret;
        Polls = polls;
    }

    /// <summary>The platform gave a token that ends.</summary>
    public void Renew(string sealedToken, DateTimeOffset issuedAt, DateTimeOffset? expiresAt) =>
        (SealedToken, TokenIssuedAt, TokenExpiresAt) = (sealedToken, issuedAt, expiresAt);

    /// <summary>An administrator brought another token of the same account.</summary>
    public void GiveToken(string sealedToken, DateTimeOffset now)
    {
        Renew(sealedToken, now, expiresAt: null);
        Version++;
    }

    /// <summary>Whether the platform calls it so, as far as that matters here.</summary>
    public bool IsCalled(string name, string? username) => (IsNamedByHand || Name == name) && Username == username;

    /// <summary>The platform calls the account something else now.</summary>
    public void Rename(string name, string? username)
    {
        if (!IsCalled(name, username))
        {
            (Name, Username) = (IsNamedByHand ? Name : name, username);
            Version++;
        }
    }

    public void NameByHand(string name)
    {
        (Name, IsNamedByHand) = (name, true);
        Version++;
    }

    public void SetKeyHash(string hash)
    {
        KeyHash = hash;
        Version++;
    }

    /// <summary>Nothing comes in or goes out until it is enabled again; what waits to go out, waits.</summary>
    public void Disable() => Become(ChannelStatus.Disabled, null);

    public void Enable() => Become(ChannelStatus.Active, null);

    /// <summary>It does not work. One that is switched off stays so, here and in <see cref="Recover"/>.</summary>
    public void Fail(string reason)
    {
        if (Status is not ChannelStatus.Disabled)
        {
            Become(ChannelStatus.Error, reason);
        }
    }

    public void Recover()
    {
        if (Status is not ChannelStatus.Disabled)
        {
            Become(ChannelStatus.Active, null);
        }
    }

    public void Heard(DateTimeOffset at) => LastEventAt = at;

    public void AdvancePoll(long offset) => PollOffset = offset;

    /// <summary>Forgets every secret with it: a removed channel can neither send nor be believed.</summary>
    public void Remove(DateTimeOffset at)
    {
        RemovedAt = at;
        Status = ChannelStatus.Disabled;
        ExternalId = null;
        Arm(null, null, polls: false);
        (TokenIssuedAt, TokenExpiresAt) = (null, null);
        KeyHash = null;
        Version++;
    }

    private void Become(ChannelStatus status, string? because)
    {
        if ((status, because) != (Status, LastError))
        {
            (Status, LastError) = (status, because);
            Version++;
        }
    }
}
