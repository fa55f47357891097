using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using System.Text.Json.Serialization;
using Fiko.Application.Attachments;
using Fiko.Application.Conversations;
using Fiko.Application.Resources;
using Fiko.Application.Shared;
using Fiko.Domain.Customers;
using Microsoft.EntityFrameworkCore;

namespace Fiko.Application.Customers;

/// <summary>A customer, as lists show them.</summary>
public record CustomerView
{
    public required long Id { get; init; }

    public required string FirstName { get; init; }

    public required string LastName { get; init; }

    public required string? Username { get; init; }

    /// <summary>The channel they first wrote on.</summary>
    public required string Source { get; init; }

    /// <summary>Where the picture is, with a signature that ends; null where there is none.</summary>
    public string? AvatarUrl { get; init; }

    public required string? Email { get; init; }

    public required string? PhoneNumber { get; init; }

    public required string? Description { get; init; }

    /// <summary>Names of the workspace's tags, in alphabetical order.</summary>
    public IReadOnlyList<string> Tags { get; init; } = [];

    /// <summary>The workspace's own fields: a text, a number, true or false each.</summary>
    public required IReadOnlyDictionary<string, JsonElement> Attributes { get; init; }

    /// <summary>Their messages are kept, and call nobody.</summary>
    public required bool Blocked { get; init; }

    /// <summary>Whether anything of theirs is unread.</summary>
    public required bool HasUnread { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>When they last wrote; before that, when they became known.</summary>
    public required DateTimeOffset LastActivityAt { get; init; }

    [JsonIgnore]
    public long? AvatarId { get; init; }

    [JsonIgnore]
    public int Version { get; init; }
}

/// <summary>A single customer, with all that belongs to them.</summary>
public sealed record CustomerDetail : CustomerView, IVersioned
{
    [SetsRequiredMembers]
    public CustomerDetail(CustomerView view, IReadOnlyList<ConversationView> conversations, int notesCount, IReadOnlyList<CustomerAddress> addresses)
        : base(view) => (Conversations, NotesCount, Addresses) = (conversations, notesCount, addresses);

    /// <summary>Newest activity first; at most 100.</summary>
    public IReadOnlyList<ConversationView> Conversations { get; }

    public int NotesCount { get; }

    /// <summary>Where they are reached.</summary>
    public IReadOnlyList<CustomerAddress> Addresses { get; }
}

/// <param name="ChannelId">On which of the workspace's channels.</param>
/// <param name="Source">Which platform that is.</param>
/// <param name="Address">What the platform calls the chat with them.</param>
public sealed record CustomerAddress(long ChannelId, string Source, string Address);

internal static class CustomerViews
{
    public static IQueryable<CustomerView> ToViews(this IQueryable<Customer> customers, IFikoDb db) => customers.Select(c => new CustomerView
    {
        Id = c.Id,
        FirstName = c.FirstName,
        LastName = c.LastName,
        Username = c.Username,
        Source = c.Source,
        Email = c.Email,
        PhoneNumber = c.PhoneNumber,
        Description = c.Description,
        Attributes = c.Attributes,
        Blocked = c.Blocked,
        HasUnread = db.Conversations.Any(x => x.CustomerId == c.Id && x.UnreadCount > 0),
        CreatedAt = c.CreatedAt,
        LastActivityAt = c.LastActivityAt,
        AvatarId = c.AvatarId,
        Version = c.Version,
    });

    /// <summary>Two queries, however many: the customers in the order of the query, and their tags.</summary>
    public static async Task<List<CustomerView>> LoadAsync(this IQueryable<CustomerView> views, IFikoDb db, IFileLinks links, CancellationToken ct)
    {
        var loaded = await views.ToListAsync(ct);
        var ids = loaded.ConvertAll(c => c.Id);
        var rows = await (
            from link in db.CustomerTags
            join tag in db.Tags on link.TagId equals tag.Id
            where ids.Contains(link.CustomerId)
            select new { link.CustomerId, tag.Name }).ToListAsync(ct);
        var tags = rows.ToLookup(t => t.CustomerId, t => t.Name);
        return loaded.ConvertAll(c => c with
        {
            Tags = [.. tags[c.Id].Order(StringComparer.Ordinal)],
            AvatarUrl = c.AvatarId is { } picture ? links.PathOf(picture) : null,
        });
    }
}
