namespace Fiko.Application.Realtime;

/// <summary>The server goes away and closes this socket with 1001 (protocol.md, Shutdown).</summary>
/// <param name="AfterMs">When to come back, in milliseconds: another pause for each socket, so that they do not come together.</param>
[SentTo(TopicKind.Inbox | TopicKind.Chat)]
public sealed record ReconnectFrame(int AfterMs) : ServerFrame("reconnect");
