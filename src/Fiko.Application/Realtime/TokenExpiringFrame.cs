namespace Fiko.Application.Realtime;

/// <summary>The token of this socket ends within a minute: <c>authenticate</c> with a fresh one keeps it open (protocol.md, section 1).</summary>
[SentTo(TopicKind.Inbox | TopicKind.Chat)]
public sealed record TokenExpiringFrame(DateTimeOffset ExpiresAt, DateTimeOffset Timestamp) : ServerFrame("token_expiring");

/// <summary>The socket lives by another token of its user now (protocol.md, section 1).</summary>
[SentTo(TopicKind.Inbox | TopicKind.Chat)]
public sealed record AuthenticatedFrame(DateTimeOffset ExpiresAt, DateTimeOffset Timestamp) : ServerFrame("authenticated");
