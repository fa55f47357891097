using Fiko.Domain.Shared;

namespace Fiko.Domain.Customers;

/// <summary>A person who writes to the workspace.</summary>
public sealed class Customer : AggregateRoot
{
    private Customer()
    {
    }

    public Customer(long workspaceId, string source, CustomerProfile profile, DateTimeOffset createdAt)
    {
        WorkspaceId = workspaceId;
        Source = source;
        (FirstName, LastName, Username) = (profile.FirstName, profile.LastName ?? "", profile.Username);
        CreatedAt = createdAt;
    }

    /// <summary>The channel they first wrote on.</summary>
    public string Source { get; private set; } = "";

    public string FirstName { get; private set; } = "";

    public string LastName { get; private set; } = "";

    public string? Username { get; private set; }

    /// <summary>The picture, kept as an attachment.</summary>
    public long? AvatarId { get; private set; }

    /// <summary>A person gave the name, and no platform takes it back.</summary>
    public bool NamedByHand { get; private set; }

    public DateTimeOffset CreatedAt { get; private set; }

    /// <summary>Follows the platform's profile. A channel that says nothing about a name (empty) does not erase one, and what a person wrote stays.</summary>
    /// <returns>Whether anything changed.</returns>
    public bool Follow(CustomerProfile profile)
    {
        var before = (FirstName, LastName, Username);
        if (profile.FirstName.Length > 0 && !NamedByHand)
        {
            (FirstName, LastName) = (profile.FirstName, profile.LastName ?? "");
        }

        if (profile.FirstName.Length > 0 || profile.Username is not null)
        {
            Username = profile.Username;
        }

        return before != (FirstName, LastName, Username);
    }

    /// <summary>A person knows better what the customer is called.</summary>
    public void Rename(string firstName, string lastName) => (FirstName, LastName, NamedByHand) = (firstName, lastName, true);

    /// <returns>The picture before it, which nobody sees any more.</returns>
    public long? Show(long? avatarId)
    {
        (var before, AvatarId) = (AvatarId, avatarId);
        return before;
    }
}
