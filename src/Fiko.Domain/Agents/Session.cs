namespace Fiko.Domain.Agents;

/// <summary>One login of an agent: the family of refresh tokens that followed from it. Revoked as a whole.</summary>
public sealed class Session
{
    private Session()
    {
    }

    public Session(Agent agent, DateTimeOffset now, DateTimeOffset expiresAt)
    {
        AgentId = agent.Id;
        CreatedAt = now;
        ExpiresAt = expiresAt;
    }

    public long Id { get; private set; }

    public long AgentId { get; private set; }

    public DateTimeOffset CreatedAt { get; private set; }

    public DateTimeOffset ExpiresAt { get; private set; }

    public DateTimeOffset? RevokedAt { get; private set; }

    /// <summary><c>logout</c>, <c>reuse</c>, <c>password</c> or <c>deactivated</c>; null while it lives.</summary>
    public string? RevokedBecause { get; private set; }

    public bool IsLive(DateTimeOffset now) => RevokedAt is null && now < ExpiresAt;

    public void Prolong(DateTimeOffset until) => ExpiresAt = until;

    public void Revoke(string because, DateTimeOffset now)
    {
        RevokedAt ??= now;
        RevokedBecause ??= because;
    }
}
