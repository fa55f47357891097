namespace Fiko.Domain.Customers;

/// <summary>Where a customer is reached on one channel. Unique by (channel, address): that is what makes two messages one customer's.</summary>
public sealed class ChannelAddress
{
    private ChannelAddress()
    {
    }

    public ChannelAddress(long workspaceId, long channelId, string address, Customer customer)
    {
        WorkspaceId = workspaceId;
        ChannelId = channelId;
        Address = address;
        Customer = customer;
    }

    public long Id { get; private set; }

    public long WorkspaceId { get; private set; }

    public long ChannelId { get; private set; }

    /// <summary>The platform's id of the chat with this customer, compared exactly.</summary>
    public string Address { get; private set; } = "";

    public long CustomerId { get; private set; }

    public Customer Customer { get; private set; } = null!;
}
