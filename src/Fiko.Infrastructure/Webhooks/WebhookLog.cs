using Fiko.Application.Webhooks;
using Microsoft.Extensions.Logging;

namespace Fiko.Infrastructure.Webhooks;

/// <summary>Everything that outgoing webhooks can say in a log. Ids only.</summary>
internal static partial class WebhookLog
{
    [LoggerMessage(800, LogLevel.Debug, "Delivery {Delivery} of webhook {Webhook}, attempt {Attempt}: {Outcome}")]
    public static partial void WebhookCalled(this ILogger log, long delivery, long webhook, int attempt, WebhookOutcome outcome);

    [LoggerMessage(801, LogLevel.Error, "Delivery {Delivery} of webhook {Webhook} failed in an unforeseen way and will be tried again")]
    public static partial void WebhookCallFailed(this ILogger log, Exception unforeseen, long delivery, long webhook);

    [LoggerMessage(802, LogLevel.Error, "A turn of webhook {Webhook} failed and will be tried again")]
    public static partial void WebhookTurnFailed(this ILogger log, Exception failed, long webhook);

    [LoggerMessage(803, LogLevel.Error, "Looking for webhooks failed and will be tried again")]
    public static partial void WebhookLookFailed(this ILogger log, Exception failed);

    [LoggerMessage(804, LogLevel.Error, "Forgetting old deliveries of webhooks failed and will be tried again")]
    public static partial void WebhookSweepFailed(this ILogger log, Exception failed);
}
