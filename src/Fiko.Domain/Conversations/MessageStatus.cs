namespace Fiko.Domain.Conversations;

/// <summary>What is known of a support message on its way to the customer. Stored and shown by name.</summary>
public enum MessageStatus
{
    Pending,
    Sent,
    Delivered,
    Read,
    Failed,

    /// <summary>Nobody can know: the platform may or may not have taken it. Never sent again by itself.</summary>
    Uncertain,
}
