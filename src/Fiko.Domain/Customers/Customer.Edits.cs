using System.Text.Json;
using Fiko.Domain.Shared;

namespace Fiko.Domain.Customers;

/// <summary>What people can write about a customer.</summary>
public sealed record CustomerDetails(
    string FirstName,
    string LastName,
    string? Email,
    string? PhoneNumber,
    string? Description,
    IReadOnlyDictionary<string, JsonElement> Attributes,
    bool Blocked);

/// <content>What people do to a customer.</content>
public sealed partial class Customer
{
    public const int LongestName = 200;
    public const int LongestEmail = 254;
    public const int LongestPhoneNumber = 32;
    public const int LongestDescription = 4000;
    public const int MostTags = 20;

    private readonly List<CustomerTag> _tags = [];

    /// <summary>The workspace's tags on them; loaded only where they are changed.</summary>
    public IReadOnlyList<CustomerTag> Tags => _tags;

    /// <summary>As it can be edited now.</summary>
    public CustomerDetails Details => new(FirstName, LastName, Email, PhoneNumber, Description, Attributes, Blocked);

    /// <param name="edited">What it is to be.</param>
    /// <param name="named">Whether the editor spoke of the name: then it is theirs, even where the platform says the same today.</param>
    /// <returns>The wire names of what changed.</returns>
    public List<string> Edit(CustomerDetails edited, bool named)
    {
        var before = Details;
        Call(edited.FirstName, edited.LastName, Username);
        (Email, PhoneNumber, Description) = (edited.Email, edited.PhoneNumber, edited.Description);
        (Attributes, Blocked) = (edited.Attributes, edited.Blocked);
        NamedByHand |= named;
        var changed = Differences(before, edited).ToList();
        Version += changed.Count > 0 ? 1 : 0;
        return changed;
    }

    /// <summary>Has these tags from now on, and no other.</summary>
    /// <returns>Whether anything changed.</returns>
    /// <exception cref="RuleBrokenException">Those are too many.</exception>
    public bool Retag(IReadOnlyCollection<long> tagIds)
    {
        if (tagIds.Count > MostTags)
        {
            throw new RuleBrokenException("too_many_tags", $"A customer has at most {MostTags} tags", "tags");
        }

        var removed = _tags.RemoveAll(t => !tagIds.Contains(t.TagId));
        var added = tagIds.Except(_tags.Select(t => t.TagId)).ToList();
        _tags.AddRange(added.Select(id => new CustomerTag(id)));
        Version += removed + added.Count > 0 ? 1 : 0;
        return removed + added.Count > 0;
    }

    private static IEnumerable<string> Differences(CustomerDetails before, CustomerDetails after)
    {
        (string Name, bool Differs)[] all =
        [
            ("first_name", before.FirstName != after.FirstName),
            ("last_name", before.LastName != after.LastName),
            ("email", before.Email != after.Email),
            ("phone_number", before.PhoneNumber != after.PhoneNumber),
            ("description", before.Description != after.Description),
            ("attributes", !CustomerAttributes.AreSame(before.Attributes, after.Attributes)),
            ("blocked", before.Blocked != after.Blocked),
        ];
        return all.Where(f => f.Differs).Select(f => f.Name);
    }
}
