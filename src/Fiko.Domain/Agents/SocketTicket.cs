namespace Fiko.Domain.Agents;

/// <summary>Stands for an access token in a socket's URL, once and for a moment: a URL is read by more eyes than a header. Kept as a hash.</summary>
public sealed class SocketTicket(long agentId, long? sessionId, string hash, DateTimeOffset expiresAt, DateTimeOffset tokenExpiresAt)
{
    public long Id { get; private set; }

    public long AgentId { get; private set; } = agentId;

    public long? SessionId { get; private set; } = sessionId;

    /// <summary>SHA-256 of the ticket in hex; unique. Using a ticket removes its row, which one of several users can.</summary>
    public string Hash { get; private set; } = hash;

    public DateTimeOffset ExpiresAt { get; private set; } = expiresAt;

    /// <summary>When the access token ends that it was asked for with, and so the socket.</summary>
    public DateTimeOffset TokenExpiresAt { get; private set; } = tokenExpiresAt;
}
