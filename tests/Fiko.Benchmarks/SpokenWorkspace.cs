using System.Globalization;
using System.Text;
using Fiko.Application.Search;
using Fiko.Infrastructure.Persistence;
using Fiko.Infrastructure.Persistence.Search;
using Fiko.IntegrationTests.Hosting;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;

namespace Fiko.Benchmarks;

/// <summary>
/// A workspace in which very much was said over a year, and a small one beside it, in a SQLite file. The rows are copies of one that the
/// domain made, so that they have every column that there is; the words are as frequent as words are.
/// </summary>
public sealed class SpokenWorkspace : IAsyncDisposable
{
    private const int Vocabulary = 60_000;
    private const int MessagesAConversation = 10;
    private const int RowsACommit = 20_000;
    private const long Year = 365L * 24 * 3600 * 1000;
    private const string Letters = "\u0627\u0628\u067E\u062A\u062C\u0686\u062F\u0631\u0632\u0633\u0634\u0639\u0641\u0642\u06A9\u06AF\u0644\u0645\u0646\u0648\u0647\u06CC";

    // Fixed, so that two runs measure the same rows.
    private static readonly DateTimeOffset Start = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    private readonly Random _random = new(20261123);
    private readonly string[] _words;
    private readonly double[] _frequencies = new double[Vocabulary];

    private SpokenWorkspace(Store store, SeededWorkspace big, SeededWorkspace small)
    {
        (Store, Big, Small) = (store, big, small);
        _words = [.. Enumerable.Range(0, Vocabulary).Select(_ => string.Concat(Enumerable.Range(0, 2 + _random.Next(6)).Select(_ => Letters[_random.Next(Letters.Length)])))];
        (_words[0], _words[1], _words[2]) = (Greeting, Order, "\u0645\u06CC\u200C\u062E\u0648\u0627\u0647\u0645");
        for (var (i, sum) = (0, 0.0); i < Vocabulary; i++)
        {
            _frequencies[i] = sum += 1.0 / (i + 3);
        }
    }

    public static string Greeting => "\u0633\u0644\u0627\u0645";

    public static string Order => "\u0633\u0641\u0627\u0631\u0634";

    public Store Store { get; }

    public SeededWorkspace Big { get; }

    public SeededWorkspace Small { get; }

    public string Rare => _words[^7];

    public static async Task<SpokenWorkspace> CreateAsync(int messages)
    {
        var folder = Directory.CreateTempSubdirectory("fiko-search-");
        var database = new TestDatabase(DatabaseOptions.Sqlite, $"Data Source={Path.Combine(folder.FullName, "fiko.db")}", folder, () =>
        {
            SqliteConnection.ClearAllPools();
            return ValueTask.CompletedTask;
        });
        var store = new Store(database, recorded: false);
        await store.MigrateAsync(CancellationToken.None);
        var spoken = new SpokenWorkspace(store, await SeededWorkspace.CreateAsync(store), await SeededWorkspace.CreateAsync(store));
        await spoken.FillAsync(spoken.Big, messages);
        await spoken.FillAsync(spoken.Small, 1000);
        return spoken;
    }

    public async ValueTask DisposeAsync()
    {
        await Store.DisposeAsync();
        await Store.Database.DisposeAsync();
    }

    private async Task FillAsync(SeededWorkspace workspace, int messages)
    {
        var template = (await workspace.BeginAsync(1))[0];
        var first = await Store.ReadAsync(db => db.Conversations.Where(c => c.Id == template).Select(c => new { c.CustomerId }).SingleAsync());
        await using var connection = new SqliteConnection(Store.Database.ConnectionString);
        await connection.OpenAsync();
        await RunAsync(connection, null, "PRAGMA synchronous = OFF");
        var (customer, conversation, message) = (await TopAsync(connection, "customers"), await TopAsync(connection, "conversations"), await TopAsync(connection, "messages"));
        var conversations = messages / MessagesAConversation;
        var step = Year / Math.Max(1, messages);

        await RunAsync(connection, null, Copies("customers", first.CustomerId, conversations, new() { ["Id"] = $"{customer} + n", ["FirstName"] = "'First' || n" }, connection));
        await RunAsync(connection, null, Copies("conversations", template, conversations, new()
        {
            ["Id"] = $"{conversation} + n",
            ["CustomerId"] = $"{customer} + n",
            ["Chat"] = $"'chat-{workspace.Id}-' || n",
            ["ChannelId"] = $"CASE n % 2 WHEN 0 THEN {workspace.Api} ELSE {workspace.Telegram} END",
            ["Source"] = "CASE n % 2 WHEN 0 THEN 'api' ELSE 'telegram' END",
            ["CreatedAt"] = At("n", step * MessagesAConversation),
            ["UpdatedAt"] = At("n", step * MessagesAConversation),
            ["AskedAt"] = At("n", step * MessagesAConversation),
            ["AnsweredAt"] = $"{At("n", step * MessagesAConversation)} + (n * 7919) % 3600000",
            ["AnsweredBy"] = $"{workspace.AgentId}",
            ["FirstResponseTime"] = "(n * 7919) % 3600000",
        }, connection));
        await RunAsync(connection, null, $"INSERT INTO conversation_closings (WorkspaceId, ConversationId, Source, AgentId, ClosedAt, ResolutionTime) SELECT WorkspaceId, Id, Source, {workspace.AgentId}, CreatedAt + (Id * 104729) % 86400000, (Id * 104729) % 86400000 FROM conversations WHERE WorkspaceId = {workspace.Id} AND Id > {conversation}");
        await SayAsync(connection, workspace, template, messages, conversation, message, step);
    }

    private async Task SayAsync(SqliteConnection connection, SeededWorkspace workspace, long template, int messages, long conversation, long message, long step)
    {
        var conversations = messages / MessagesAConversation;
        var row = Copies("messages", null, 0, new()
        {
            ["Id"] = "$id",
            ["ConversationId"] = "$conversation",
            ["ChannelId"] = "$channel",
            ["Seq"] = "$seq",
            ["Content"] = "$content",
            ["CreatedAt"] = "$at",
            ["Author"] = "$author",
            ["SenderId"] = "$sender",
            ["ExternalId"] = "NULL",
        }, connection) + $" WHERE t.ConversationId = {template} AND t.Seq = 1";
        for (var begin = 0; begin < messages; begin += RowsACommit)
        {
            await using var transaction = connection.BeginTransaction();
            await using var insert = connection.CreateCommand();
            await using var index = connection.CreateCommand();
            (insert.CommandText, insert.Transaction) = (row, transaction);
            (index.CommandText, index.Transaction) = ("INSERT INTO message_search(rowid, words, joined, facets) VALUES ($id, $words, $joined, $facets)", transaction);
            for (var i = begin; i < Math.Min(messages, begin + RowsACommit); i++)
            {
                var (place, n) = (i % conversations, i / conversations);
                var isAnswer = n % 2 == 1;
                var at = Start.AddMilliseconds(i * step);
                var said = new IndexedMessage(message + 1 + i, workspace.Id, conversation + 1 + place, (place + 1) % 2 == 0 ? "api" : "telegram", at, Sentence());
                Set(insert, ("$id", said.Id), ("$conversation", said.ConversationId), ("$channel", said.Source == "api" ? workspace.Api : workspace.Telegram), ("$seq", n + 1L), ("$content", said.Content),
                    ("$at", at.ToUnixTimeMilliseconds()), ("$author", isAnswer ? "Support" : "Customer"), ("$sender", isAnswer ? workspace.AgentId : DBNull.Value));
                await insert.ExecuteNonQueryAsync();
                var words = SearchText.Words(said.Content);
                Set(index, ("$id", said.Id), ("$words", SqliteTerms.Text(workspace.Id, words)), ("$joined", SqliteTerms.Joined(workspace.Id, words)), ("$facets", SqliteTerms.Facets(said)));
                await index.ExecuteNonQueryAsync();
            }

            await transaction.CommitAsync();
        }
    }

    private string Sentence()
    {
        var text = new StringBuilder();
        for (var left = 4 + _random.Next(14); left > 0; left--)
        {
            var found = Array.BinarySearch(_frequencies, _random.NextDouble() * _frequencies[^1]);
            text.Append(text.Length == 0 ? "" : " ").Append(_words[Math.Min(Vocabulary - 1, found < 0 ? ~found : found)]);
        }

        return text.ToString();
    }

    private static string At(string n, long step) => string.Create(CultureInfo.InvariantCulture, $"({Start.ToUnixTimeMilliseconds()} + {n} * {step})");

    // All columns of a row but the named ones as they are.
    private static string Copies(string table, long? template, int count, Dictionary<string, string> but, SqliteConnection connection)
    {
        using var ask = connection.CreateCommand();
        ask.CommandText = $"SELECT name FROM pragma_table_info('{table}')";
        using var reader = ask.ExecuteReader();
        var columns = new List<string>();
        while (reader.Read())
        {
            columns.Add(reader.GetString(0));
        }

        var copy = $"INSERT INTO {table} ({string.Join(", ", columns.Select(c => $"\"{c}\""))}) SELECT {string.Join(", ", columns.Select(c => but.GetValueOrDefault(c, $"t.\"{c}\"")))} FROM {table} t";
        return template is null ? copy : $"WITH RECURSIVE numbers(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM numbers WHERE n < {count}) {copy}, numbers WHERE t.Id = {template}";
    }

    private static async Task<long> TopAsync(SqliteConnection connection, string table)
    {
        await using var ask = connection.CreateCommand();
        ask.CommandText = $"SELECT MAX(Id) FROM {table}";
        return (long)(await ask.ExecuteScalarAsync())!;
    }

    private static async Task RunAsync(SqliteConnection connection, SqliteTransaction? transaction, string sql)
    {
        await using var command = connection.CreateCommand();
        (command.CommandText, command.Transaction) = (sql, transaction);
        await command.ExecuteNonQueryAsync();
    }

    private static void Set(SqliteCommand command, params (string Name, object Value)[] values)
    {
        foreach (var (name, value) in values)
        {
            if (command.Parameters.Contains(name))
            {
                command.Parameters[name].Value = value;
            }
            else
            {
                command.Parameters.AddWithValue(name, value);
            }
        }
    }
}
