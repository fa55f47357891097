using Fiko.Application.Attachments;
using Fiko.Application.Conversations;
using Fiko.Application.Messaging;
using Fiko.Application.Shared;
using Fiko.Domain.Customers;
using Microsoft.EntityFrameworkCore;

namespace Fiko.Application.Search;

/// <summary>Loads what was found by its ids, of the caller's workspace alone: two queries for messages, one for customers.</summary>
internal static class SearchHits
{
    public static async Task<List<SearchHit>> LoadMessagesAsync(
        this IFikoDb db, IReadOnlyList<long> ids, SearchQuery query, Caller caller, IFileLinks links, CancellationToken ct)
    {
        // By their keys alone: asked for the workspace as well, SQLite would rather go through all of its conversations.
        var rows = await db.Messages.Where(m => ids.Contains(m.Id)).Visible().ToRows(db).LoadAsync(db, links, ct);
        rows.RemoveAll(r => !caller.Sees(r.WorkspaceId));
        var conversations = rows.Select(r => r.ConversationKey).Distinct().ToArray();
        var customers = await db.Conversations
            .Where(c => conversations.Contains(c.Id))
            .Select(c => new { c.Id, Customer = new ListedCustomer(c.Customer.Id, c.Customer.FirstName, c.Customer.LastName, c.Customer.Source, c.Customer.Username, c.Customer.AvatarId) })
            .ToDictionaryAsync(c => c.Id, c => c.Customer, ct);
        return rows.ConvertAll(r => new SearchHit(
            r.Key,
            SearchHit.OfMessage,
            r.CreatedAt,
            r.ConversationId,
            r.View,
            customers[r.ConversationKey].WithPicture(links),
            SearchExcerpt.Of("content", r.Content, query)));
    }

    public static async Task<List<SearchHit>> LoadCustomersAsync(
        this IFikoDb db, IReadOnlyList<long> ids, SearchQuery query, Caller caller, IFileLinks links, CancellationToken ct)
    {
        var customers = await db.Customers.Where(c => ids.Contains(c.Id)).AsNoTracking().ToListAsync(ct);
        customers.RemoveAll(c => !caller.Sees(c.WorkspaceId));
        return customers.ConvertAll(c => new SearchHit(
            c.Id,
            SearchHit.OfCustomer,
            c.CreatedAt,
            null,
            null,
            new ListedCustomer(c.Id, c.FirstName, c.LastName, c.Source, c.Username, c.AvatarId).WithPicture(links),
            ExcerptOf(c, query)));
    }

    // The text that says most of what was looked for.
    private static SearchExcerpt ExcerptOf(Customer customer, SearchQuery query) =>
        CustomerSearch.TextsOf(customer).Select(t => SearchExcerpt.Of(t.Field, t.Text, query)).MaxBy(e => e.Highlights.Sum(h => h.Length))!;

    private static ListedCustomer WithPicture(this ListedCustomer customer, IFileLinks links) =>
        customer.AvatarId is { } picture ? customer with { AvatarUrl = links.PathOf(picture) } : customer;
}
