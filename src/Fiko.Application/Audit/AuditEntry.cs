namespace Fiko.Application.Audit;

/// <summary>
/// One row of the audit: who did what, to what, when, and from where. Only added, in the transaction of the change itself.
/// It names things by their ids and holds nothing that a customer wrote, so that an erasure has nothing to erase here.
/// </summary>
public sealed class AuditEntry
{
    public long Id { get; init; }

    public long WorkspaceId { get; init; }

    public long AgentId { get; init; }

    /// <summary>What the agent was called at that time.</summary>
    public required string AgentName { get; init; }

    /// <summary>In the form <c>conversation.assigned</c>.</summary>
    public required string Action { get; init; }

    /// <summary>As the wire calls it: <c>conv_12</c>, <c>customer_7</c>, <c>user_3</c>.</summary>
    public required string Target { get; init; }

    /// <summary>Small facts by wire name, as JSON; null where there are none.</summary>
    public string? Facts { get; init; }

    public DateTimeOffset At { get; init; }

    /// <summary>The network address that the request came from; null where none is known.</summary>
    public string? Address { get; init; }

    /// <summary>What the client says that it is, cut to <see cref="Whereabouts.LongestUserAgent"/>.</summary>
    public string? UserAgent { get; init; }

    /// <summary>The login that the agent acted with; null for a token of another issuer.</summary>
    public long? SessionId { get; init; }
}
