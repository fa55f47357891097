using System.Globalization;
using System.Text;
using System.Text.Json.Serialization;
using Fiko.Application.Attachments;
using Fiko.Application.Realtime;
using Fiko.Application.Shared;
using Fiko.Domain.Conversations;
using FluentValidation;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace Fiko.Application.Conversations;

/// <summary>Which conversations a list shows (protocol.md, get_conversations). What is null does not narrow it.</summary>
/// <param name="AssignedTo">"me", "none" or a user id.</param>
/// <param name="Search">Part of the customer's name or username.</param>
public sealed record ConversationFilters(string? Status, string? Source, bool? UnreadOnly, string? AssignedTo, string? Tag, string? Search);

/// <summary>The conversations that an agent sees, newest activity first.</summary>
public sealed record ListConversations(Caller By, int? Limit = null, string? Page = null, ConversationFilters? Filters = null) : IRequest<ConversationsListFrame>;

/// <summary>One page of the list, and the place in the log at which it is true.</summary>
public sealed record ConversationsListFrame(
    IReadOnlyList<ConversationView> Conversations,
    DateTimeOffset Timestamp,
    bool HasMore,
    string? NextPage,
    int Total,
    string Cursor,
    [property: JsonIgnore] long Position) : ServerFrame("conversations_list"), ISnapshotFrame;

internal sealed class ListConversationsValidator : AbstractValidator<ListConversations>
{
    public ListConversationsValidator()
    {
        RuleFor(q => q.Limit).InclusiveBetween(1, 500).AsInvalidField("limit");
        RuleFor(q => q.Page).Must(p => p is null || PageMark.TryRead(p, out _)).AsInvalidField("page");
        When(q => q.Filters is not null, () =>
        {
            RuleFor(q => q.Filters!.Status).Must(s => s is null || WireName.TryRead<ConversationStatus>(s, out _)).AsInvalidField("filters.status");
            RuleFor(q => q.Filters!.AssignedTo)
                .Must(a => a is null or "me" or "none" || long.TryParse(a, NumberStyles.None, CultureInfo.InvariantCulture, out _))
                .AsInvalidField("filters.assigned_to");
            RuleFor(q => q.Filters!.Search).MaximumLength(200).AsInvalidField("filters.search");
        });
    }
}

internal sealed class ListConversationsHandler(IFikoDb db, IFileLinks links, TimeProvider time) : IRequestHandler<ListConversations, ConversationsListFrame>
{
    private const int DefaultLimit = 100;

    public async Task<ConversationsListFrame> Handle(ListConversations query, CancellationToken ct)
    {
        var limit = query.Limit ?? DefaultLimit;
        await using var moment = await db.ReadOneMomentAsync(ct);
        var head = await db.HeadAsync(query.By.WorkspaceId, ct);
        var matching = Narrow(db.Conversations.VisibleTo(query.By), query.Filters, query.By);
        var total = await matching.CountAsync(ct);
        if (PageMark.TryRead(query.Page, out var mark))
        {
            // Both halves of the comparison are on the index that sorts, so a late page costs what the first one does.
            matching = matching.Where(c => c.UpdatedAt <= mark.At && (c.UpdatedAt < mark.At || c.Id < mark.Id));
        }

        var page = await matching
            .OrderByDescending(c => c.UpdatedAt).ThenByDescending(c => c.Id)
            .Take(limit + 1)
            .ToViews(db)
            .OrderByDescending(v => v.UpdatedAt).ThenByDescending(v => v.Key)
            .LoadAsync(links, ct);
        var hasMore = page.Count > limit;
        if (hasMore)
        {
            page.RemoveAt(limit);
        }

        var next = hasMore ? new PageMark(page[^1].UpdatedAt, page[^1].Key).ToString() : null;
        return new ConversationsListFrame(page, time.Now(), hasMore, next, total, head.Cursor, head.Position);
    }

    private static IQueryable<Conversation> Narrow(IQueryable<Conversation> all, ConversationFilters? by, Caller caller)
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

        if (by.Tag is not null)
        {
            all = all.Where(c => c.Tags.Contains(by.Tag));
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

        foreach (var word in by.Search?.Split(' ', StringSplitOptions.RemoveEmptyEntries) ?? [])
        {
            var pattern = $"%{Escape(word)}%";
            all = all.Where(c =>
                EF.Functions.Like(c.Customer.FirstName, pattern, "\\")
                || EF.Functions.Like(c.Customer.LastName, pattern, "\\")
                || EF.Functions.Like(c.Customer.Username!, pattern, "\\"));
        }

        return all;
    }

    private static string Escape(string word)
    {
        var escaped = new StringBuilder(word.Length);
        foreach (var c in word)
        {
            escaped.Append(c is '%' or '_' or '\\' or '[' ? "\\" : "").Append(c);
        }

        return escaped.ToString();
    }
}
