using Microsoft.Extensions.Logging;

namespace Fiko.Infrastructure.Deliveries;

/// <summary>Everything that deliveries and inbound updates can say in a log. Ids only.</summary>
internal static partial class DeliveryLog
{
    [LoggerMessage(200, LogLevel.Debug, "Delivery {Delivery} of conversation {Conversation}, attempt {Attempt}: {Outcome}")]
    public static partial void Attempted(this ILogger log, long delivery, long conversation, int attempt, string outcome);

    [LoggerMessage(201, LogLevel.Error, "Sending in conversation {Conversation} failed and will be tried again")]
    public static partial void LaneFailed(this ILogger log, Exception failed, long conversation);

    [LoggerMessage(202, LogLevel.Error, "Showing accepted messages of conversation {Conversation} failed and will be tried again")]
    public static partial void PublishFailed(this ILogger log, Exception failed, long conversation);

    [LoggerMessage(203, LogLevel.Error, "Looking for deliveries failed and will be tried again")]
    public static partial void LookFailed(this ILogger log, Exception failed);

    [LoggerMessage(204, LogLevel.Error, "Channel {Channel} threw while sending delivery {Delivery}; the outcome is uncertain")]
    public static partial void ChannelThrew(this ILogger log, Exception unforeseen, long channel, long delivery);

    [LoggerMessage(205, LogLevel.Warning, "The platform refuses channel {Channel} as a whole; nothing can be sent on it until its token is good again")]
    public static partial void ChannelRefused(this ILogger log, long channel);

    [LoggerMessage(206, LogLevel.Warning, "Nobody knows whether delivery {Delivery} of conversation {Conversation} arrived; it is not sent again unless an agent decides so")]
    public static partial void OutcomeUnknown(this ILogger log, long delivery, long conversation);

    [LoggerMessage(210, LogLevel.Error, "An update of channel {Channel} could not be applied")]
    public static partial void UpdateFailed(this ILogger log, Exception failed, long channel);

    [LoggerMessage(211, LogLevel.Warning, "An update of channel {Channel} was set aside; it stays stored with its reason")]
    public static partial void UpdateShelved(this ILogger log, long channel);

    [LoggerMessage(212, LogLevel.Error, "Looking for inbound updates failed and will be tried again")]
    public static partial void InboundLookFailed(this ILogger log, Exception failed);
}
