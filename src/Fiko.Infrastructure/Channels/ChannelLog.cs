using Microsoft.Extensions.Logging;

namespace Fiko.Infrastructure.Channels;

/// <summary>What all channels can say in a log. Ids only.</summary>
internal static partial class ChannelLog
{
    [LoggerMessage(504, LogLevel.Warning, "Channel {Channel} does not work; its status says why. Next try in {Pause}")]
    public static partial void ReconnectFailed(this ILogger log, long channel, TimeSpan pause);

    [LoggerMessage(505, LogLevel.Error, "Reconnecting channels failed and will be tried again")]
    public static partial void ReconnectLookFailed(this ILogger log, Exception failed);
}
