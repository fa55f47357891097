using Microsoft.Extensions.Logging;

namespace Fiko.Infrastructure.Realtime;

/// <summary>Everything that the feed can say in a log. Ids only.</summary>
internal static partial class RealtimeLog
{
    [LoggerMessage(100, LogLevel.Error, "Reading the event log of workspace {Workspace} failed and will be tried again")]
    public static partial void FeedStumbled(this ILogger log, Exception failed, long workspace);

    [LoggerMessage(101, LogLevel.Error, "Event {Position} of workspace {Workspace} could not be turned into frames and was passed over")]
    public static partial void EventNotTold(this ILogger log, Exception unforeseen, long workspace, long position);
}
