namespace Fiko.Domain.Customers;

/// <summary>What an agent wrote about a customer for colleagues. No customer ever sees it.</summary>
public sealed class CustomerNote
{
    public const int LongestText = 4000;

    private CustomerNote()
    {
    }

    public CustomerNote(Customer customer, long authorId, string text, DateTimeOffset createdAt) =>
        (CustomerId, AuthorId, Text, CreatedAt) = (customer.Id, authorId, text, createdAt);

    public long Id { get; private set; }

    public long CustomerId { get; private set; }

    public long AuthorId { get; private set; }

    public string Text { get; private set; } = "";

    public DateTimeOffset CreatedAt { get; private set; }

    public DateTimeOffset? EditedAt { get; private set; }

    /// <summary>Concurrency token.</summary>
    public int Version { get; private set; }

    /// <returns>Whether anything changed.</returns>
    public bool Edit(string text, DateTimeOffset now)
    {
        if (text == Text)
        {
            return false;
        }

        (Text, EditedAt, Version) = (text, now, Version + 1);
        return true;
    }

    internal void BelongTo(Customer customer) => (CustomerId, Version) = (customer.Id, Version + 1);
}
