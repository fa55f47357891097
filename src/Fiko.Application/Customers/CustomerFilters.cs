using Fiko.Application.Channels;
using Fiko.Application.Resources;
using Fiko.Application.Search;
using Fiko.Application.Shared;
using Fiko.Domain.Channels;
using Fiko.Domain.Customers;
using FluentValidation;
using FluentValidation.Results;

namespace Fiko.Application.Customers;

/// <summary>Which customers are meant (rest.md, Customers). What is null does not narrow it.</summary>
/// <param name="Search">Words, each the beginning of one in a name, the username or the email address, or a part of the phone number.</param>
/// <param name="Source">The channel they first wrote on.</param>
/// <param name="Tag">Names of tags; they have all of them.</param>
/// <param name="HasUnread">Whether anything of theirs is unread.</param>
/// <param name="HasEmail">Whether an email address is known.</param>
/// <param name="HasPhone">Whether a phone number is known.</param>
/// <param name="CreatedFrom">A time or a day, as the other three.</param>
public sealed record CustomerFilters(
    string? Search = null,
    string? Source = null,
    IReadOnlyList<string?>? Tag = null,
    bool? HasUnread = null,
    bool? HasEmail = null,
    bool? HasPhone = null,
    bool? Blocked = null,
    string? CreatedFrom = null,
    string? CreatedTo = null,
    string? LastActivityFrom = null,
    string? LastActivityTo = null)
{
    /// <summary>Whether all customers are meant.</summary>
    public bool SayNothing() => this with { Tag = null } == new CustomerFilters() && Tag is null or { Count: 0 };
}

internal static class CustomerNarrowing
{
    private const int LongestSearch = 200;
    private const int MostTags = 20;

    // A channel of either may have been removed, or not be connected to this server: its customers are still there.
    private static readonly string[] Sources = [ChannelName.Telegram, ChannelName.Instagram, ChannelName.Api];

    /// <param name="validator">Of the request that has the filters.</param>
    /// <param name="channels">Whose names can be a source.</param>
    /// <param name="filters">The way to them.</param>
    /// <param name="prefix">What stands before a filter's name where the client wrote it.</param>
    public static void AddFilterRules<T>(this AbstractValidator<T> validator, ChannelBook channels, Func<T, CustomerFilters?> filters, string prefix = "") =>
        validator.RuleFor(q => q).Custom((query, context) =>
        {
            foreach (var name in filters(query) is { } by ? Mistakes(by, channels) : [])
            {
                context.AddFailure(new ValidationFailure(prefix + name, Rules.InvalidValue(prefix + name)) { ErrorCode = Rules.InvalidField });
            }
        });

    public static IQueryable<Customer> Narrow(this IQueryable<Customer> all, IFikoDb db, ISearchIndex index, CustomerFilters? by, Caller caller) =>
        by is null ? all : all.NarrowFacts(db, by).NarrowTags(db, by, caller).NarrowTimes(by).Matching(by.Search, index, caller);

    private static IEnumerable<string> Mistakes(CustomerFilters by, ChannelBook channels)
    {
        (string Name, bool IsRight)[] checks =
        [
            ("search", by.Search is not { Length: > LongestSearch }),
            ("source", by.Source is null || Sources.Contains(by.Source) || channels.Find(by.Source) is not null),
            ("tag", by.Tag is null || (by.Tag.Count <= MostTags && by.Tag.All(t => !string.IsNullOrWhiteSpace(t)))),
            ("created_from", WireTime.IsNoneOrTime(by.CreatedFrom)),
            ("created_to", WireTime.IsNoneOrTime(by.CreatedTo)),
            ("last_activity_from", WireTime.IsNoneOrTime(by.LastActivityFrom)),
            ("last_activity_to", WireTime.IsNoneOrTime(by.LastActivityTo)),
        ];
        return checks.Where(c => !c.IsRight).Select(c => c.Name);
    }

    private static IQueryable<Customer> NarrowFacts(this IQueryable<Customer> all, IFikoDb db, CustomerFilters by)
    {
        if (by.Source is not null)
        {
            all = all.Where(c => c.Source == by.Source);
        }

        if (by.HasUnread is { } unread)
        {
            all = all.Where(c => db.Conversations.Any(x => x.CustomerId == c.Id && x.UnreadCount > 0) == unread);
        }

        if (by.HasEmail is { } email)
        {
            all = all.Where(c => (c.Email != null) == email);
        }

        if (by.HasPhone is { } phone)
        {
            all = all.Where(c => (c.PhoneNumber != null) == phone);
        }

        return by.Blocked is { } blocked ? all.Where(c => c.Blocked == blocked) : all;
    }

    // By the tag's rows and not by looking at each customer: a rare tag is found at once.
    private static IQueryable<Customer> NarrowTags(this IQueryable<Customer> all, IFikoDb db, CustomerFilters by, Caller caller)
    {
        foreach (var name in by.Tag ?? [])
        {
            var tagged =
                from tag in db.Tags
                where tag.WorkspaceId == caller.WorkspaceId && tag.Name == name
                join link in db.CustomerTags on tag.Id equals link.TagId
                select link.CustomerId;
            all = all.Where(c => tagged.Contains(c.Id));
        }

        return all;
    }

    private static IQueryable<Customer> NarrowTimes(this IQueryable<Customer> all, CustomerFilters by)
    {
        if (WireTime.TryRead(by.CreatedFrom, end: false, out var createdFrom))
        {
            all = all.Where(c => c.CreatedAt >= createdFrom);
        }

        if (WireTime.TryRead(by.CreatedTo, end: true, out var createdTo))
        {
            all = all.Where(c => c.CreatedAt <= createdTo);
        }

        if (WireTime.TryRead(by.LastActivityFrom, end: false, out var activeFrom))
        {
            all = all.Where(c => c.LastActivityAt >= activeFrom);
        }

        return WireTime.TryRead(by.LastActivityTo, end: true, out var activeTo) ? all.Where(c => c.LastActivityAt <= activeTo) : all;
    }
}
