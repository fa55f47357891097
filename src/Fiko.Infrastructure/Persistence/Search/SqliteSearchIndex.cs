using System.Globalization;
using System.Text;
using System.Text.Json;
using Fiko.Application.Search;
using Microsoft.EntityFrameworkCore;

namespace Fiko.Infrastructure.Persistence.Search;

/// <summary>
/// FTS5 without a copy of the texts. Every term begins with its workspace, so that a question about one walks through nothing of
/// another; the row is the message's own id, so that newest first is the order in which it is read.
/// </summary>
internal sealed class SqliteSearchIndex(FikoDbContext db) : SearchIndex(db)
{
    public override async Task<IReadOnlyList<long>> FindMessagesAsync(MessageSearch search, CancellationToken ct)
    {
        var wanted = SqliteTerms.Of(search);
        var before = search.Before ?? long.MaxValue;
        if (search.From is null && search.Until is null)
        {
            return await Db.Database.SqlQuery<long>(
                $"SELECT rowid AS Value FROM message_search WHERE message_search MATCH {wanted} AND rowid < {before} ORDER BY rowid DESC LIMIT {search.Count}")
                .ToListAsync(ct);
        }

        // The index knows the days; the moments in the first and the last of them are the rows'.
        var (from, until) = (search.From?.ToUnixTimeMilliseconds() ?? long.MinValue, search.Until?.ToUnixTimeMilliseconds() ?? long.MaxValue);
        return await Db.Database.SqlQuery<long>(
            $"""
            SELECT f.rowid AS Value FROM message_search f CROSS JOIN messages m ON m.Id = f.rowid
            WHERE f.message_search MATCH {wanted} AND f.rowid < {before} AND m.CreatedAt >= {from} AND m.CreatedAt < {until}
            ORDER BY f.rowid DESC LIMIT {search.Count}
            """).ToListAsync(ct);
    }

    public override IQueryable<long> FindCustomers(long workspaceId, SearchQuery query)
    {
        if (query.FindsNothing)
        {
            return Db.Database.SqlQuery<long>($"SELECT Id AS Value FROM customers WHERE 0");
        }

        var wanted = SqliteTerms.OfCustomer(workspaceId, query);
        return Db.Database.SqlQuery<long>($"SELECT rowid AS Value FROM customer_search WHERE customer_search MATCH {wanted}");
    }

    // A deleted row leaves its words in the segment that has them, until that is merged with others: a negative number begins to
    // merge them all, and a positive one goes on (FTS5, the 'merge' command). Nothing was left to do where next to nothing was written.
    public override async Task<bool> PurgeAsync(bool begin, CancellationToken ct)
    {
        const int PagesAStep = 500;
        const int NextToNothing = 2;
        var pages = begin ? -PagesAStep : PagesAStep;
        var before = await WrittenAsync();
        await Db.Database.ExecuteSqlAsync($"INSERT INTO customer_search(customer_search, rank) VALUES ('merge', {pages})", ct);
        var between = await WrittenAsync();
        await Db.Database.ExecuteSqlAsync($"INSERT INTO message_search(message_search, rank) VALUES ('merge', {pages})", ct);
        return between - before >= NextToNothing || await WrittenAsync() - between >= NextToNothing;

        Task<long> WrittenAsync() => Db.Database.SqlQuery<long>($"SELECT total_changes() AS Value").SingleAsync(ct);
    }

    protected override async Task WriteMessagesAsync(IReadOnlyList<IndexedMessage> messages, bool onlyMissing, CancellationToken ct)
    {
        if (messages.Count > 0)
        {
            await InsertAsync("message_search(rowid, words, joined, facets)", messages, m =>
            {
                var words = SearchText.Words(m.Content);
                return [m.Id, SqliteTerms.Text(m.WorkspaceId, words), SqliteTerms.Joined(m.WorkspaceId, words), SqliteTerms.Facets(m)];
            }, ct);
        }
    }

    protected override async Task ForgetMessagesAsync(IReadOnlyList<long> ids, CancellationToken ct)
    {
        if (ids.Count > 0)
        {
            await Db.Database.ExecuteSqlAsync($"DELETE FROM message_search WHERE rowid IN (SELECT value FROM json_each({JsonSerializer.Serialize(ids)}))", ct);
        }
    }

    protected override async Task WriteCustomersAsync(IReadOnlyList<IndexedCustomer> customers, bool onlyMissing, CancellationToken ct)
    {
        if (customers.Count > 0)
        {
            await InsertAsync("customer_search(rowid, words, joined, numbers)", customers, c =>
            {
                var words = SearchText.Words(c.Text);
                return [c.Id, SqliteTerms.Text(c.WorkspaceId, words), SqliteTerms.Joined(c.WorkspaceId, words), SqliteTerms.Numbers(c)];
            }, ct);
        }
    }

    private Task<int> InsertAsync<T>(string into, IReadOnlyList<T> rows, Func<T, object[]> values, CancellationToken ct)
    {
        var sql = new StringBuilder("INSERT OR REPLACE INTO ").Append(into).Append(" VALUES ");
        var parameters = new List<object>(rows.Count * 4);
        foreach (var row in rows)
        {
            sql.Append(parameters.Count == 0 ? "(" : ",(");
            foreach (var (i, value) in values(row).Index())
            {
                sql.Append(i == 0 ? "" : ",").Append(CultureInfo.InvariantCulture, $"{{{parameters.Count}}}");
                parameters.Add(value);
            }

            sql.Append(')');
        }

        return Db.Database.ExecuteSqlRawAsync(sql.ToString(), parameters, ct);
    }
}
