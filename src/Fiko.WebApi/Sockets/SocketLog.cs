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
}
