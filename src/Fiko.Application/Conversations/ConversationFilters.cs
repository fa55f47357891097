using System.Globalization;
using Fiko.Application.Realtime;
using Fiko.Application.Resources;
using Fiko.Application.Search;
using Fiko.Application.Shared;
using Fiko.Domain.Conversations;
using FluentValidation;
using FluentValidation.Results;

namespace Fiko.Application.Conversations;

/// <summary>Which conversations are meant (protocol.md, get_conversations). What is null does not narrow it.</summary>
/// <param name="AssignedTo">"me", "none" or a user id.</param>
/// <param name="Search">Words that the customer's names begin with, in any order: see <see cref="CustomerSearch"/>.</param>
public sealed record ConversationFilters(string? Status, string? Source, bool? UnreadOnly, string? AssignedTo, string? Tag, string? Search)
{
    public long? CustomerId { get; init; }

    /// <summary>1 to 4.</summary>
    public int? Priority { get; init; }

    /// <summary>A time or a day, as all of REST reads them.</summary>
    public string? CreatedFrom { get; init; }

    public string? CreatedTo { get; init; }

    /// <summary>Whether all conversations are meant.</summary>
    public bool SayNothing() => this == new ConversationFilters(null, null, null, null, null, null);
}

internal static class ConversationNarrowing
{
    private const int LongestSearch = 200;

    /// <param name="validator">Of the request that has the filters.</param>
    /// <param name="filters">The way to them.</param>
    /// <param name="prefix">What stands before a filter's name where the client wrote it.</param>
    public static void AddFilterRules<T>(this AbstractValidator<T> validator, Func<T, ConversationFilters?> filters, string prefix = "")
    {
        validator.RuleFor(q => q).Custom((query, context) =>
        {
            foreach (var name in filters(query) is { } by ? Mistakes(by) : [])
            {
                context.AddFailure(new ValidationFailure(prefix + name, Rules.InvalidValue(prefix + name)) { ErrorCode = Rules.InvalidField });
            }
        });
    }

    public static IQueryable<Conversation> Narrow(
        this IQueryable<Conversation> all, IFikoDb db, ISearchIndex index, ConversationFilters? by, Caller caller)
    {
        if (by is null)
        {
            return all;
        }

        if (by.Status is not null && WireName.TryRead<ConversationStatus>(by.Status, out var status))
        {
            all = all.Where(c => c.Status == status);
        }

        if (by.Source is not null)
        {
            all = all.Where(c => c.Source == by.Source);
        }

        if (by.UnreadOnly is true)
        {
            all = all.Where(c => c.UnreadCount > 0);
        }

        if (by.AssignedTo is not null)
        {
            long? agent = by.AssignedTo switch
            {
                "me" => caller.AgentId,
                "none" => null,
                _ => long.Parse(by.AssignedTo, CultureInfo.InvariantCulture),
            };
            all = all.Where(c => c.AssignedTo == agent);
        }

        return all.NarrowTag(db, by.Tag, caller).NarrowRest(by).WithCustomer(by.Search, index, caller);
    }

    private static IEnumerable<string> Mistakes(ConversationFilters by)
    {
        (string Name, bool IsRight)[] checks =
        [
            ("status", by.Status is null || WireName.TryRead<ConversationStatus>(by.Status, out _)),
            ("assigned_to", by.AssignedTo is null or "me" or "none" || long.TryParse(by.AssignedTo, NumberStyles.None, CultureInfo.InvariantCulture, out _)),
            ("search", by.Search is not { Length: > LongestSearch }),
            ("priority", by.Priority is null or (>= Conversation.LowestPriority and <= Conversation.HighestPriority)),
            ("created_from", WireTime.IsNoneOrTime(by.CreatedFrom)),
            ("created_to", WireTime.IsNoneOrTime(by.CreatedTo)),
        ];
        return checks.Where(c => !c.IsRight).Select(c => c.Name);
    }

    // By the tag's rows and not by looking at each conversation: a rare tag is found at once.
    private static IQueryable<Conversation> NarrowTag(this IQueryable<Conversation> all, IFikoDb db, string? name, Caller caller)
    {
        if (name is null)
        {
            return all;
        }

        var tagged =
            from tag in db.Tags
            where tag.WorkspaceId == caller.WorkspaceId && tag.Name == name
            join link in db.ConversationTags on tag.Id equals link.TagId
            select link.ConversationId;
        return all.Where(c => tagged.Contains(c.Id));
    }

    private static IQueryable<Conversation> NarrowRest(this IQueryable<Conversation> all, ConversationFilters by)
    {
        if (by.CustomerId is { } customer)
        {
            all = all.Where(c => c.CustomerId == customer);
        }

        if (by.Priority is { } priority)
        {
            all = all.Where(c => c.Priority == priority);
        }

        if (by.CreatedFrom is not null && WireTime.TryRead(by.CreatedFrom, end: false, out var from))
        {
            all = all.Where(c => c.CreatedAt >= from);
        }

        if (by.CreatedTo is not null && WireTime.TryRead(by.CreatedTo, end: true, out var to))
        {
            all = all.Where(c => c.CreatedAt <= to);
        }

        return all;
    }
}
