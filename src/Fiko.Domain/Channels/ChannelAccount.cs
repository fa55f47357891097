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

    public void Arm(string? sealedToken, string? sealedSecret, bool polls)
    {
        SealedToken = sealedToken;
        SealedSecret = sealedSecret;
        Polls = polls;
    }

    /// <summary>The platform gave a token that ends.</summary>
    public void Renew(string sealedToken, DateTimeOffset issuedAt, DateTimeOffset? expiresAt) =>
        (SealedToken, TokenIssuedAt, TokenExpiresAt) = (sealedToken, issuedAt, expiresAt);

    /// <summary>The account is called something else now.</summary>
    public void Rename(string name, string? username) => (Name, Username) = (name, username);

    public void SetKeyHash(string hash) => KeyHash = hash;

    public void Disable(string because)
    {
        Status = ChannelStatus.Disabled;
        LastError = because;
    }

    public void Fail(string reason)
    {
        Status = ChannelStatus.Error;
        LastError = reason;
    }

    public void Recover()
    {
        Status = ChannelStatus.Active;
        LastError = null;
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
    }
}
