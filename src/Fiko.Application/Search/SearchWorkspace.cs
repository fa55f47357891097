using Fiko.Application.Attachments;
using Fiko.Application.Conversations;
using Fiko.Application.Messaging;
using Fiko.Application.Resources;
using Fiko.Application.Shared;
using Fiko.Domain.Conversations;
using Fiko.Domain.Shared;
using FluentValidation;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace Fiko.Application.Search;

/// <summary>What was said and who said it, newest first (rest.md, Search).</summary>
/// <param name="Text">What a person typed.</param>
/// <param name="Filters">What narrows it; what is null does not.</param>
public sealed record SearchWorkspace(Caller By, string? Text, SearchFilters Filters, Paging Paging) : IRequest<Page<SearchHit>>;

/// <param name="Type"><c>messages</c> or <c>customers</c>; both where null.</param>
/// <param name="ConversationId">Only messages of this one.</param>
/// <param name="CustomerId">This customer, and the messages of their conversations.</param>
/// <param name="Source">Of the conversation, or where the customer first wrote.</param>
/// <param name="From">A date or a time.</param>
/// <param name="To">A date or a time.</param>
public sealed record SearchFilters(
    string? Type = null, string? ConversationId = null, long? CustomerId = null, string? Source = null, string? From = null, string? To = null)
{
    public bool Messages => Type is null or "messages";

    /// <summary>A conversation has messages and no customers.</summary>
    public bool Customers => Type is "customers" || (Type is null && ConversationId is null);
}

internal sealed class SearchWorkspaceValidator : AbstractValidator<SearchWorkspace>
{
    public SearchWorkspaceValidator()
    {
        RuleFor(q => q.Text).Must(t => !string.IsNullOrWhiteSpace(t)).AsInvalidField("q");
        RuleFor(q => q.Text).MaximumLength(SearchQuery.LongestInput).AsInvalidField("q");
        RuleFor(q => q.Filters.Type).Must(t => t is null or "messages" or "customers").AsInvalidField("type");
        RuleFor(q => q.Filters.ConversationId).Must(id => id is null || ConversationId.TryParse(id, out _)).AsInvalidField("conversation_id");
        RuleFor(q => q.Filters.ConversationId).Null().When(q => q.Filters.Type is "customers").AsInvalidField("conversation_id");
        RuleFor(q => q.Filters.Source).MaximumLength(32).AsInvalidField("source");
        RuleFor(q => q.Paging.Limit).InclusiveBetween(1, 100).AsInvalidField("limit");
        RuleFor(q => q.Paging.Cursor).Must(c => c is null || SearchMark.TryRead(c, out _)).AsInvalidField("cursor");
    }
}

internal sealed class SearchWorkspaceHandler(IFikoDb db, ISearchIndex index, IFileLinks links) : IRequestHandler<SearchWorkspace, Page<SearchHit>>
{
    private const int DefaultLimit = 20;

    // One who has more conversations than these is searched for in the newest of them.
    private const int MostConversations = 500;

    public async Task<Page<SearchHit>> Handle(SearchWorkspace search, CancellationToken ct)
    {
        var limit = search.Paging.Limit ?? DefaultLimit;
        var time = TimeRange.Read(search.Filters.From, search.Filters.To);
        var mark = SearchMark.TryRead(search.Paging.Cursor, out var read) ? read : SearchMark.Start;

        await using var moment = await db.ReadOneMomentAsync(ct);
        var conversations = await ConversationsAsync(search, ct);
        var messages = search.Filters.Messages ? await MessagesAsync(search, mark, time, conversations, limit + 1, ct) : SearchStream.Empty;
        var customers = search.Filters.Customers ? await CustomersAsync(search, mark, time, limit + 1, ct) : SearchStream.Empty;
        return SearchStream.Merge(messages, customers, limit, mark);
    }

    private async Task<SearchStream> MessagesAsync(
        SearchWorkspace search, SearchMark mark, TimeRange time, IReadOnlyList<long>? conversations, int count, CancellationToken ct)
    {
        var query = SearchQuery.Read(search.Text!);
        var wanted = new MessageSearch(search.By.WorkspaceId, query, count)
        {
            Before = mark.Message,
            Conversations = conversations,
            Source = search.Filters.Source,
            From = time.From,
            Until = time.Until,
        };
        var ids = query.FindsNothing || conversations is [] ? [] : await index.FindMessagesAsync(wanted, ct);
        return new SearchStream(ids, ids.Count == 0 ? [] : await db.LoadMessagesAsync(ids, query, search.By, links, ct));
    }

    private async Task<SearchStream> CustomersAsync(SearchWorkspace search, SearchMark mark, TimeRange time, int count, CancellationToken ct)
    {
        var matching = db.Customers.VisibleTo(search.By).Matching(search.Text, index, search.By).Where(c => c.Id < mark.Customer);
        if (search.Filters.CustomerId is { } customer)
        {
            matching = matching.Where(c => c.Id == customer);
        }

        if (search.Filters.Source is { } source)
        {
            matching = matching.Where(c => c.Source == source);
        }

        if (time.From is { } from)
        {
            matching = matching.Where(c => c.CreatedAt >= from);
        }

        if (time.Until is { } until)
        {
            matching = matching.Where(c => c.CreatedAt < until);
        }

        var ids = await matching.OrderByDescending(c => c.Id).Take(count).Select(c => c.Id).ToListAsync(ct);
        return new SearchStream(ids, ids.Count == 0 ? [] : await db.LoadCustomersAsync(ids, CustomerSearch.Read(search.Text!), search.By, links, ct));
    }

    private async Task<IReadOnlyList<long>?> ConversationsAsync(SearchWorkspace search, CancellationToken ct)
    {
        if (ConversationId.TryParse(search.Filters.ConversationId, out var id))
        {
            return [(await db.Conversations.GetAsync(id, search.By, ct)).Id];
        }

        if (search.Filters.CustomerId is not { } customer)
        {
            return null;
        }

        if (!await db.Customers.VisibleTo(search.By).AnyAsync(c => c.Id == customer, ct))
        {
            throw Access.CustomerNotFound("customer_id");
        }

        return await db.Conversations.VisibleTo(search.By).Where(c => c.CustomerId == customer)
            .OrderByDescending(c => c.Id).Take(MostConversations).Select(c => c.Id).ToListAsync(ct);
    }
}
