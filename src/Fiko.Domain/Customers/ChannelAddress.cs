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

    /// <summary>Whose it was before a merge brought it; null for an address of the customer's own.</summary>
    public long? FirstCustomerId { get; private set; }

    /// <summary>Whether its platform says what the customer is called: a customer of two platforms would change their name with each message.</summary>
    public bool SaysWhoItIs => FirstCustomerId is null;

    /// <summary>When the platform is to be asked who this is; null while nobody needs to know.</summary>
    public DateTimeOffset? ProfileDueAt { get; private set; }

    public DateTimeOffset? ProfileKnownAt { get; private set; }

    public int ProfileAttempts { get; private set; }

    /// <summary>The platform's mark of the picture that was fetched last.</summary>
    public string? PictureVersion { get; private set; }

    public void AskProfile(DateTimeOffset at) => ProfileDueAt ??= at;

    /// <summary>An attempt begins; whoever dies with it leaves it to the next look.</summary>
    public void BeginProfile(DateTimeOffset leaseUntil) => (ProfileAttempts, ProfileDueAt) = (ProfileAttempts + 1, leaseUntil);

    public void PostponeProfile(DateTimeOffset until) => ProfileDueAt = until;

    public void LearnProfile(string? pictureVersion, DateTimeOffset now) =>
        (ProfileDueAt, ProfileKnownAt, ProfileAttempts, PictureVersion) = (null, now, 0, pictureVersion);

    /// <summary>The platform calls the chat something else from now on.</summary>
    public void MoveTo(string address) => Address = address;

    /// <summary>A merge brought it, or its undoing took it back. Whose it was at first decides what they are called.</summary>
    internal void BelongTo(Customer customer)
    {
        FirstCustomerId ??= CustomerId;
        FirstCustomerId = FirstCustomerId == customer.Id ? null : FirstCustomerId;
        (CustomerId, Customer) = (customer.Id, customer);
    }
}
