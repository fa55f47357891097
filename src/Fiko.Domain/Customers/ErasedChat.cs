namespace Fiko.Domain.Customers;

/// <summary>
/// A chat of a customer who is being erased: what the platform sent of it until then goes with them. What comes later is of a customer
/// whom nobody knows yet. The row is gone when the erasure is done.
/// </summary>
public sealed class ErasedChat(long customerId, long channelId, string chat, long upToUpdateId)
{
    public long Id { get; private set; }

    public long CustomerId { get; private set; } = customerId;

    public long ChannelId { get; private set; } = channelId;

    public string Chat { get; private set; } = chat;

    /// <summary>The newest inbound update that was there when the erasure began.</summary>
    public long UpToUpdateId { get; private set; } = upToUpdateId;
}
