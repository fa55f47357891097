using Microsoft.Extensions.Logging;

namespace Fiko.Infrastructure.Channels.Instagram;

/// <summary>Everything the Instagram channel can say in a log. Never an exception of a call, which may name an address with a token.</summary>
internal static partial class InstagramLog
{
    [LoggerMessage(520, LogLevel.Warning, "Instagram's webhooks are refused: Instagram:AppSecret is not set, so that none can prove itself")]
    public static partial void NoAppSecret(this ILogger log);

    [LoggerMessage(521, LogLevel.Error, "Looking for access tokens to be renewed failed and will be tried again")]
    public static partial void RenewalLookFailed(this ILogger log, Exception failed);

    [LoggerMessage(522, LogLevel.Warning, "A signed webhook of Instagram could not be understood; it is kept as a stray update")]
    public static partial void StrayWebhook(this ILogger log);
}
