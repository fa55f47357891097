using System.Text.Json.Serialization;
using Fiko.Application.Attachments;
using Fiko.Application.Realtime;
using Fiko.Application.Search;
using Fiko.Application.Shared;
using FluentValidation;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace Fiko.Application.Conversations;

/// <summary>The conversations that an agent sees, newest activity first.</summary>
public sealed record ListConversations(Caller By, int? Limit = null, string? Page = null, ConversationFilters? Filters = null) : IRequest<ConversationsListFrame>;

/// <summary>One page of the list, and the place in the log at which it is true.</summary>
[SentTo(TopicKind.Inbox)]
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
        this.AddFilterRules(q => q.Filters, "filters.");
    }
}

internal sealed class ListConversationsHandler(IFikoDb db, ISearchIndex index, IFileLinks links, TimeProvider time) : IRequestHandler<ListConversations, ConversationsListFrame>
{
    private const int DefaultLimit = 100;

    public async Task<ConversationsListFrame> Handle(ListConversations query, CancellationToken ct)
    {
        var limit = query.Limit ?? DefaultLimit;
        await using var moment = await db.ReadOneMomentAsync(ct);
        var head = await db.HeadAsync(query.By.WorkspaceId, ct);
        var matching = db.Conversations.VisibleTo(query.By).Narrow(db, index, query.Filters, query.By);
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
            .LoadAsync(db, links, ct);
        var hasMore = page.Count > limit;
        if (hasMore)
        {
            page.RemoveAt(limit);
        }

        var next = hasMore ? new PageMark(page[^1].UpdatedAt, page[^1].Key).ToString() : null;
        return new ConversationsListFrame(page, time.Now(), hasMore, next, total, head.Cursor, head.Position);
    }
}
