namespace Fiko.Domain.Agents;

/// <summary>
/// One refresh token of a session, kept as a hash. It is used once: a second use means that two parties hold it,
/// and ends the session (RFC 9700, section 4.14.2).
/// </summary>
public sealed class RefreshToken
{
    private RefreshToken()
    {
    }

    public RefreshToken(Session session, string hash, DateTimeOffset now)
    {
        Session = session;
        Hash = hash;
        IssuedAt = now;
    }

    public long Id { get; private set; }

    public long SessionId { get; private set; }

    public Session Session { get; private set; } = null!;

    /// <summary>SHA-256 of the token in hex; unique.</summary>
    public string Hash { get; private set; } = "";

    public DateTimeOffset IssuedAt { get; private set; }

    /// <summary>Also the row's concurrency token: of two uses at once, one is the second.</summary>
    public DateTimeOffset? UsedAt { get; private set; }

    public void Use(DateTimeOffset now) => UsedAt = now;
}
