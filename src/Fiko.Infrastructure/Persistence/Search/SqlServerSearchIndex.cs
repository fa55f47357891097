using System.Collections.Concurrent;
using System.Globalization;
using System.Text.Json;
using Fiko.Application.Search;
using Microsoft.EntityFrameworkCore;

namespace Fiko.Infrastructure.Persistence.Search;

/// <summary>
/// A table of the folded words, with a full-text index where the server has one; without, a workspace's words are looked through, newest
/// first. Full-text catches up with a change a moment after its commit.
/// </summary>
internal sealed class SqlServerSearchIndex(FikoDbContext db) : SearchIndex(db)
{
    // By address: a server does not learn full-text search while it runs.
    private static readonly ConcurrentDictionary<string, bool> WithFullText = new();

    public override async Task<IReadOnlyList<long>> FindMessagesAsync(MessageSearch search, CancellationToken ct)
    {
        var parameters = new List<object>();
        var where = SqlServerWords.Where(search.WorkspaceId, search.Query, HasFullText(), Add);
        if (search.Conversations is { } conversations)
        {
            where += $" AND m.[ConversationId] IN (SELECT CAST([value] AS bigint) FROM OPENJSON({Add(JsonSerializer.Serialize(conversations))}))";
        }

        if (search.Source is { } source)
        {
            where += $" AND c.[Source] = {Add(source)}";
        }

        if (search.From is { } from)
        {
            where += $" AND m.[CreatedAt] >= {Add(from)}";
        }

        if (search.Until is { } until)
        {
            where += $" AND m.[CreatedAt] < {Add(until)}";
        }

        var sql = $"""
            SELECT TOP ({Add(search.Count)}) s.[Id] AS [Value] FROM [message_search] s
            JOIN [messages] m ON m.[Id] = s.[Id] JOIN [conversations] c ON c.[Id] = m.[ConversationId]
            WHERE s.[WorkspaceId] = {Add(search.WorkspaceId)} AND s.[Id] < {Add(search.Before ?? long.MaxValue)} AND {where}
            ORDER BY s.[Id] DESC
            """;
        return await Db.Database.SqlQueryRaw<long>(sql, [.. parameters]).ToListAsync(ct);

        string Add(object value)
        {
            parameters.Add(value);
            return string.Create(CultureInfo.InvariantCulture, $"{{{parameters.Count - 1}}}");
        }
    }

    public override IQueryable<long> FindCustomers(long workspaceId, SearchQuery query)
    {
        if (query.FindsNothing)
        {
            return Db.Database.SqlQuery<long>($"SELECT [Id] AS [Value] FROM [customers] WHERE 1 = 0");
        }

        var parameters = new List<object>();
        var where = SqlServerWords.Where(workspaceId, query, HasFullText(), Add);

        // Put together from this file's own words; what was typed is in the parameters.
        var statement = $"SELECT s.[Id] AS [Value] FROM [customer_search] s WHERE s.[WorkspaceId] = {Add(workspaceId)} AND {where}";
        return Db.Database.SqlQueryRaw<long>(statement, [.. parameters]);

        string Add(object value)
        {
            parameters.Add(value);
            return string.Create(CultureInfo.InvariantCulture, $"{{{parameters.Count - 1}}}");
        }
    }

    // The server's own index forgets by itself, and the words beside it went with their rows.
    public override Task<bool> PurgeAsync(bool begin, CancellationToken ct) => Task.FromResult(false);

    protected override Task WriteMessagesAsync(IReadOnlyList<IndexedMessage> messages, bool onlyMissing, CancellationToken ct) =>
        WriteAsync("message_search", [.. messages.Select(m => new Row(m.WorkspaceId, m.Id, SqlServerWords.Text(m.WorkspaceId, SearchText.Words(m.Content))))], onlyMissing, ct);

    protected override async Task ForgetMessagesAsync(IReadOnlyList<long> ids, CancellationToken ct)
    {
        if (ids.Count > 0)
        {
            await Db.Database.ExecuteSqlAsync($"DELETE FROM [message_search] WHERE [Id] IN (SELECT CAST([value] AS bigint) FROM OPENJSON({JsonSerializer.Serialize(ids)}))", ct);
        }
    }

    protected override Task WriteCustomersAsync(IReadOnlyList<IndexedCustomer> customers, bool onlyMissing, CancellationToken ct) =>
        WriteAsync("customer_search", [.. customers.Select(c => new Row(c.WorkspaceId, c.Id, SqlServerWords.Text(c.WorkspaceId, SearchText.Words(c.Text), c.Numbers)))], onlyMissing, ct);

    // Update, then insert, in one way there and back; the key keeps two writers of one row apart.
    private async Task WriteAsync(string table, Row[] rows, bool onlyMissing, CancellationToken ct)
    {
        if (rows.Length == 0)
        {
            return;
        }

        const string Rows = "OPENJSON({0}) WITH ([WorkspaceId] bigint, [Id] bigint, [Words] nvarchar(max))";
        var update = $"UPDATE s SET [Words] = r.[Words] FROM [{table}] s JOIN {Rows} r ON r.[WorkspaceId] = s.[WorkspaceId] AND r.[Id] = s.[Id];";
        var insert = $"""
            INSERT INTO [{table}] ([WorkspaceId], [Id], [Words]) SELECT r.[WorkspaceId], r.[Id], r.[Words] FROM {Rows} r
            WHERE NOT EXISTS (SELECT 1 FROM [{table}] s WHERE s.[WorkspaceId] = r.[WorkspaceId] AND s.[Id] = r.[Id]);
            """;
        await Db.Database.ExecuteSqlRawAsync(onlyMissing ? insert : $"{update}\n{insert}", [JsonSerializer.Serialize(rows)], ct);
    }

    private bool HasFullText() => WithFullText.GetOrAdd(
        Db.Database.GetConnectionString() ?? "",
        static (_, database) => database
            .SqlQueryRaw<int>("SELECT COALESCE(OBJECTPROPERTY(OBJECT_ID(N'message_search'), 'TableHasActiveFulltextIndex'), 0) AS [Value]")
            .AsEnumerable()
            .Single() == 1,
        Db.Database);

    private sealed record Row(long WorkspaceId, long Id, string Words);
}
