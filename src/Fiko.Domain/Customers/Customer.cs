using System.Text.Json;
using Fiko.Domain.Shared;

namespace Fiko.Domain.Customers;

/// <summary>A person who writes to the workspace.</summary>
public sealed partial class Customer : AggregateRoot
{
    private const int LongestSortName = 200;

    private Customer()
    {
    }

    public Customer(long workspaceId, string source, CustomerProfile profile, DateTimeOffset createdAt)
    {
        WorkspaceId = workspaceId;
        Source = source;
        Call(profile.FirstName, profile.LastName ?? "", profile.Username);
        CreatedAt = LastActivityAt = createdAt;
    }

    /// <summary>The channel they first wrote on.</summary>
    public string Source { get; private set; } = "";

    public string FirstName { get; private set; } = "";

    public string LastName { get; private set; } = "";

    public string? Username { get; private set; }

    /// <summary>What lists sort by: what the customer is called, in small letters; empty for one without a name.</summary>
    public string SortName { get; private set; } = "";

    /// <summary>The picture, kept as an attachment.</summary>
    public long? AvatarId { get; private set; }

    /// <summary>A person gave the name, and no platform takes it back.</summary>
    public bool NamedByHand { get; private set; }

    public string? Email { get; private set; }

    public string? PhoneNumber { get; private set; }

    public string? Description { get; private set; }

    /// <summary>What else the workspace knows of them, by names of its own: see <see cref="CustomerAttributes"/>.</summary>
    public IReadOnlyDictionary<string, JsonElement> Attributes { get; private set; } = CustomerAttributes.None;

    /// <summary>The workspace wants to hear no more of them: their messages are kept, and call nobody.</summary>
    public bool Blocked { get; private set; }

    public DateTimeOffset CreatedAt { get; private set; }

    /// <summary>When they last wrote; before that, when they became known.</summary>
    public DateTimeOffset LastActivityAt { get; private set; }

    /// <summary>The customer that this one turned out to be; null for one that stands for itself.</summary>
    public long? MergedInto { get; private set; }

    /// <summary>Concurrency token. Moves with what people see and edit, not with each message.</summary>
    public int Version { get; private set; }

    /// <summary>Follows the platform's profile. A channel that says nothing about a name (empty) does not erase one, and what a person wrote stays.</summary>
    /// <returns>Whether anything changed.</returns>
    public bool Follow(CustomerProfile profile)
    {
        var before = (FirstName, LastName, Username);
        var (firstName, lastName) = profile.FirstName.Length > 0 && !NamedByHand ? (profile.FirstName, profile.LastName ?? "") : (FirstName, LastName);
        Call(firstName, lastName, profile.FirstName.Length > 0 || profile.Username is not null ? profile.Username : Username);
        var changed = before != (FirstName, LastName, Username);
        Version += changed ? 1 : 0;
        return changed;
    }

    /// <summary>A person knows better what the customer is called.</summary>
    public void Rename(string firstName, string lastName)
    {
        Call(firstName, lastName, Username);
        NamedByHand = true;
        Version++;
    }

    /// <returns>The picture before it, which nobody sees any more.</returns>
    public long? Show(long? avatarId)
    {
        (var before, AvatarId) = (AvatarId, avatarId);
        Version += before == avatarId ? 0 : 1;
        return before;
    }

    /// <summary>They wrote. It is no edit: whoever edits them meanwhile has seen the newest version all the same.</summary>
    public void Wrote(DateTimeOffset at) => LastActivityAt = at > LastActivityAt ? at : LastActivityAt;

    private void Call(string firstName, string lastName, string? username)
    {
        (FirstName, LastName, Username) = (firstName, lastName, username);
        var name = $"{firstName} {lastName}".Trim() is { Length: > 0 } full ? full : username ?? "";
        SortName = name[..Math.Min(name.Length, LongestSortName)].ToLowerInvariant();
    }
}
