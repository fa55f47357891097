using Fiko.Application.Search;
using Fiko.Domain.Conversations;
using Fiko.Domain.Customers;
using Microsoft.EntityFrameworkCore;

namespace Fiko.Infrastructure.Persistence.Search;

/// <summary>The index of one provider: written along with every change (<see cref="FikoDbContext.SaveChangesAsync"/>), asked by <see cref="ISearchIndex"/>.</summary>
internal abstract class SearchIndex(FikoDbContext db) : ISearchIndex
{
    // Parameters of one statement are few enough for every provider.
    private const int RowsAStatement = 100;

    protected FikoDbContext Db => db;

    public abstract Task<IReadOnlyList<long>> FindMessagesAsync(MessageSearch search, CancellationToken ct);

    public abstract IQueryable<long> FindCustomers(long workspaceId, SearchQuery query);

    public abstract Task<bool> PurgeAsync(bool begin, CancellationToken ct);

    /// <summary>What has become visible, says something else or was taken back. Whoever is deleted altogether is forgotten by the database.</summary>
    /// <param name="messages">Of which the visible ones are written, and the tombstones forgotten.</param>
    /// <param name="customers">As they are now.</param>
    /// <param name="ct">Ends it.</param>
    /// <param name="onlyMissing">Leaves alone what is there: somebody who changed it meanwhile knew better.</param>
    public async Task WriteAsync(IReadOnlyList<Message> messages, IReadOnlyList<Customer> customers, CancellationToken ct, bool onlyMissing = false)
    {
        foreach (var some in messages.Chunk(RowsAStatement))
        {
            var places = await PlacesAsync(some, ct);
            await ForgetMessagesAsync([.. some.Where(m => m.DeletedAt is not null).Select(m => m.Id)], ct);
            await WriteMessagesAsync([.. some.Where(m => m is { IsVisible: true, DeletedAt: null }).Select(m => new IndexedMessage(m, places[m.ConversationId]))], onlyMissing, ct);
        }

        foreach (var some in customers.Chunk(RowsAStatement))
        {
            await WriteCustomersAsync([.. some.Select(c => new IndexedCustomer(c))], onlyMissing, ct);
        }
    }

    protected abstract Task WriteMessagesAsync(IReadOnlyList<IndexedMessage> messages, bool onlyMissing, CancellationToken ct);

    protected abstract Task ForgetMessagesAsync(IReadOnlyList<long> ids, CancellationToken ct);

    protected abstract Task WriteCustomersAsync(IReadOnlyList<IndexedCustomer> customers, bool onlyMissing, CancellationToken ct);

    // Mostly the conversation is at hand: it was what changed.
    private async Task<Dictionary<long, IndexedPlace>> PlacesAsync(Message[] messages, CancellationToken ct)
    {
        var places = new Dictionary<long, IndexedPlace>();
        foreach (var message in messages)
        {
            if (message.Conversation is { } conversation)
            {
                places[message.ConversationId] = new(conversation.WorkspaceId, conversation.Source);
            }
        }

        var unknown = messages.Select(m => m.ConversationId).Where(id => !places.ContainsKey(id)).Distinct().ToArray();
        if (unknown.Length > 0)
        {
            foreach (var found in await db.Conversations.Where(c => unknown.Contains(c.Id)).Select(c => new { c.Id, c.WorkspaceId, c.Source }).ToListAsync(ct))
            {
                places[found.Id] = new(found.WorkspaceId, found.Source);
            }
        }

        return places;
    }
}

/// <summary>Where a message belongs.</summary>
internal readonly record struct IndexedPlace(long WorkspaceId, string Source);

/// <summary>A visible message as the index takes it.</summary>
internal sealed record IndexedMessage(long Id, long WorkspaceId, long ConversationId, string Source, DateTimeOffset CreatedAt, string Content)
{
    public IndexedMessage(Message message, IndexedPlace place)
        : this(message.Id, place.WorkspaceId, message.ConversationId, place.Source, message.CreatedAt, message.Content)
    {
    }
}

/// <summary>A customer as the index takes it.</summary>
internal sealed record IndexedCustomer(long Id, long WorkspaceId, string Text, IReadOnlyList<string> Numbers)
{
    public IndexedCustomer(Customer customer)
        : this(customer.Id, customer.WorkspaceId, string.Join('\n', CustomerSearch.TextsOf(customer).Select(t => t.Text)), [.. CustomerSearch.NumbersOf(customer)])
    {
    }
}
