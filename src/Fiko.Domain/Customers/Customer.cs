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

    public string? AvatarUrl { get; private set; }

    public DateTimeOffset CreatedAt { get; private set; }

    public string DisplayName => $"{FirstName} {LastName}".Trim() is { Length: > 0 } name ? name : Username ?? "";

    /// <summary>Follows the platform's profile. A channel that says nothing about a name (empty) does not erase one.</summary>
    /// <returns>Whether anything changed.</returns>
    public bool Follow(CustomerProfile profile)
    {
        if (profile.FirstName.Length == 0
            || (FirstName, LastName, Username) == (profile.FirstName, profile.LastName ?? "", profile.Username))
        {
            return false;
        }

        (FirstName, LastName, Username) = (profile.FirstName, profile.LastName ?? "", profile.Username);
        return true;
    }
}
