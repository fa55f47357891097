using Microsoft.Extensions.Logging;

namespace Fiko.Infrastructure.Backplane;

/// <summary>Everything that the backplane can say in a log.</summary>
internal static partial class BackplaneLog
{
    [LoggerMessage(900, LogLevel.Information, "Redis is heard; words of other instances come at once")]
    public static partial void BackplaneHeard(this ILogger log);

    [LoggerMessage(901, LogLevel.Warning, "Redis is not heard; the database is looked at every second until it is")]
    public static partial void BackplaneDeaf(this ILogger log);

    [LoggerMessage(902, LogLevel.Information, "Instance {Instance} is not heard any more; its users are offline")]
    public static partial void PeerLost(this ILogger log, Guid instance);

    [LoggerMessage(903, LogLevel.Warning, "Redis did not take a subscription, which is tried again")]
    public static partial void NotSubscribed(this ILogger log, Exception away);

    [LoggerMessage(904, LogLevel.Error, "A word of the backplane could not be handled")]
    public static partial void BackplaneStumbled(this ILogger log, Exception unforeseen);
}
