namespace Fiko.Domain.Customers;

/// <summary>That a customer has a tag. Made and removed by the customer alone.</summary>
public sealed class CustomerTag
{
    private CustomerTag()
    {
    }

    internal CustomerTag(long tagId) => TagId = tagId;

    public long CustomerId { get; private set; }

    public long TagId { get; private set; }
}
