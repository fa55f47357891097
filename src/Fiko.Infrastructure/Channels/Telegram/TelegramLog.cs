using Microsoft.Extensions.Logging;

namespace Fiko.Infrastructure.Channels.Telegram;

/// <summary>Everything the Telegram channel can say in a log. Ids only; never an exception of a call, which may name the token's address.</summary>
internal static partial class TelegramLog
{
    [LoggerMessage(500, LogLevel.Information, "Fetching updates of channel {Channel}")]
    public static partial void PollingStarted(this ILogger log, long channel);

    [LoggerMessage(501, LogLevel.Information, "No longer fetching updates of channel {Channel}")]
    public static partial void PollingStopped(this ILogger log, long channel);

    [LoggerMessage(502, LogLevel.Warning, "Fetching updates of channel {Channel} failed ({Reason}); next try in {Pause}")]
    public static partial void PollingFailed(this ILogger log, long channel, string reason, TimeSpan pause);

    [LoggerMessage(503, LogLevel.Error, "Looking for channels to be polled failed and will be tried again")]
    public static partial void PollLookFailed(this ILogger log, Exception failed);
}
