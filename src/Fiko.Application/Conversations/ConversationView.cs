using System.Text.Json.Serialization;
using Fiko.Application.Attachments;
using Fiko.Application.Resources;
using Fiko.Application.Shared;
using Fiko.Domain.Conversations;
using Microsoft.EntityFrameworkCore;

namespace Fiko.Application.Conversations;

/// <summary>A conversation's summary, as lists show it (protocol.md, conversations_list).</summary>
public sealed record ConversationView : IVersioned
{
    [JsonIgnore]
    public long Key { get; init; }

    [JsonIgnore]
    public long WorkspaceId { get; init; }

    public string Id => new ConversationId(Key).ToString();

    /// <summary>What people called it, or else its source and its customer.</summary>
    public string Title => GivenTitle ?? $"{Source} - {Customer.DisplayName}";

    [JsonIgnore]
    public string? GivenTitle { get; init; }

    [JsonIgnore]
    public int Version { get; init; }

    [JsonIgnore]
    public IReadOnlyList<long> TagIds { get; init; } = [];

    public required string Source { get; init; }

    public required ConversationStatus Status { get; init; }

    public required ListedCustomer Customer { get; init; }

    /// <summary>Null before the first message is visible.</summary>
    public required LastMessage? LastMessage { get; init; }

    public required int UnreadCount { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    public required DateTimeOffset UpdatedAt { get; init; }

    /// <summary>The user id of the agent who takes care of it.</summary>
    public required long? AssignedTo { get; init; }

    public required int Priority { get; init; }

    /// <summary>Names; loaded beside the row, and only where it has any.</summary>
    public IReadOnlyList<string> Tags { get; init; } = [];

    public required long LastSeq { get; init; }

    /// <summary>Until when the customer may be answered with anything; null on platforms without such a window.</summary>
    public required DateTimeOffset? ReplyUntil { get; init; }

    /// <summary>Since when the customer shuts the business out; null while they can be reached.</summary>
    public required DateTimeOffset? UnreachableSince { get; init; }

    /// <summary>Who read how far; only where one conversation is asked for.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<ReaderView>? ReadBy { get; init; }
}

/// <summary>How far a user has read a conversation (protocol.md, Unread).</summary>
public sealed record ReaderView(long UserId, string Username, long UpToSeq, DateTimeOffset At);

/// <summary>The customer of a listed conversation.</summary>
public sealed record ListedCustomer(long Id, string FirstName, string LastName, string Source, string? Username, [property: JsonIgnore] long? AvatarId)
{
    /// <summary>Where the picture is, with a signature that ends; null where there is none.</summary>
    public string? AvatarUrl { get; init; }

    [JsonIgnore]
    public string DisplayName => $"{FirstName} {LastName}".Trim() is { Length: > 0 } name ? name : Username ?? Nameless;

    // Somebody whose platform would not say who they are still needs something to be called in a list.
    private string Nameless => Source.Length == 0 ? "" : $"{char.ToUpperInvariant(Source[0])}{Source[1..]} user";
}

/// <summary>The newest visible message of a listed conversation, of either side: a note is none.</summary>
public sealed record LastMessage([property: JsonIgnore] long Key, string Content, MessageAuthor Type, DateTimeOffset CreatedAt)
{
    public string Id => new MessageId(Key).ToString();
}

internal static class ConversationViews
{
    /// <summary>Summaries in one query: each row is three look-ups by key.</summary>
    public static IQueryable<ConversationView> ToViews(this IQueryable<Conversation> conversations, IFikoDb db) =>
        from c in conversations
        join customer in db.Customers on c.CustomerId equals customer.Id
        join m in db.Messages on new { ConversationId = c.Id, Seq = (long?)(c.LastSeq - c.TrailingNotes) } equals new { m.ConversationId, m.Seq } into newest
        from last in newest.DefaultIfEmpty()
        select new ConversationView
        {
            Key = c.Id,
            WorkspaceId = c.WorkspaceId,
            Version = c.Version,
            GivenTitle = c.Title,
            Source = c.Source,
            Status = c.Status,
            Customer = new ListedCustomer(customer.Id, customer.FirstName, customer.LastName, customer.Source, customer.Username, customer.AvatarId),
            LastMessage = last == null ? null : new LastMessage(last.Id, last.Content, last.Author, last.CreatedAt),
            UnreadCount = c.UnreadCount,
            CreatedAt = c.CreatedAt,
            UpdatedAt = c.UpdatedAt,
            AssignedTo = c.AssignedTo,
            Priority = c.Priority,
            TagIds = c.TagIds,
            LastSeq = c.LastSeq,
            ReplyUntil = c.ReplyUntil,
            UnreachableSince = c.UnreachableSince,
        };

    /// <summary>The summaries, with links to the pictures of those who have one: one query, and a second one where any has tags.</summary>
    public static async Task<List<ConversationView>> LoadAsync(this IQueryable<ConversationView> views, IFikoDb db, IFileLinks links, CancellationToken ct)
    {
        var loaded = await views.ToListAsync(ct);
        var tagIds = loaded.SelectMany(v => v.TagIds).Distinct().ToArray();
        var names = tagIds.Length == 0 ? [] : await db.Tags.Where(t => tagIds.Contains(t.Id)).ToDictionaryAsync(t => t.Id, t => t.Name, ct);
        for (var i = 0; i < loaded.Count; i++)
        {
            if (loaded[i].TagIds.Count > 0)
            {
                loaded[i] = loaded[i] with { Tags = [.. loaded[i].TagIds.Where(names.ContainsKey).Select(id => names[id])] };
            }

            if (loaded[i].Customer is { AvatarId: { } picture } customer)
            {
                loaded[i] = loaded[i] with { Customer = customer with { AvatarUrl = links.PathOf(picture) } };
            }
        }

        return loaded;
    }
}
