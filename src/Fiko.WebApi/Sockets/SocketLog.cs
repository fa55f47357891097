namespace Fiko.WebApi.Sockets;

/// <summary>Everything the socket layer can say in a log. Ids only: no content, no token, no address.</summary>
internal static partial class SocketLog
{
    [LoggerMessage(300, LogLevel.Debug, "Agent {Agent} opened a socket on {Topic}")]
    public static partial void Opened(this ILogger log, long agent, string topic);

    [LoggerMessage(301, LogLevel.Debug, "Socket of agent {Agent} on {Topic} ended")]
    public static partial void Ended(this ILogger log, long agent, string topic);

    [LoggerMessage(302, LogLevel.Information, "A socket without a valid token was closed")]
    public static partial void Unauthenticated(this ILogger log);

    [LoggerMessage(303, LogLevel.Error, "A frame of agent {Agent} failed; the client was told trace {TraceId}")]
    public static partial void FrameFailed(this ILogger log, Exception failed, long agent, string traceId);

    [LoggerMessage(304, LogLevel.Warning, "A socket from an origin that is not allowed was refused")]
    public static partial void OriginRefused(this ILogger log);

    [LoggerMessage(305, LogLevel.Information, "Agent {Agent} has too many sockets; a further one was closed")]
    public static partial void TooManySockets(this ILogger log, long agent);

    [LoggerMessage(306, LogLevel.Information, "Agent {Agent} went on sending frames that were refused; the socket was closed")]
    public static partial void Flooded(this ILogger log, long agent);

    [LoggerMessage(307, LogLevel.Warning, "There was no room for {Count} sockets in the last second")]
    public static partial void TurnedAway(this ILogger log, int count);

    [LoggerMessage(308, LogLevel.Information, "The server stops; {Count} sockets are closed")]
    public static partial void Draining(this ILogger log, int count);
}
