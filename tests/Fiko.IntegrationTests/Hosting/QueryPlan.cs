using System.Text.RegularExpressions;
using Microsoft.Data.Sqlite;

namespace Fiko.IntegrationTests.Hosting;

/// <summary>How SQLite would run a statement, in its own words (EXPLAIN QUERY PLAN).</summary>
public sealed partial class QueryPlan
{
    // Indices of what is still to be done: they hold a row while it waits, so reading all of one is reading the queue.
    private static readonly string[] Queues = ["IX_deliveries_open", "IX_messages_accepted", "IX_inbound_updates_ChannelId_Lane_Id"];

    private readonly RecordedCommand _command;
    private readonly List<string> _steps;

    private QueryPlan(RecordedCommand command, List<string> steps) => (_command, _steps) = (command, steps);

    /// <summary>Steps that read a whole table, or an index that grows with it.</summary>
    public IEnumerable<string> Scans
    {
        get
        {
            var tables = TableAlias().Matches(_command.Sql).Select(m => m.Groups[2].Success ? m.Groups[2].Value : m.Groups[1].Value).ToHashSet();
            return _steps.Where(s => Scan().Match(s) is { Success: true } scan
                && tables.Contains(scan.Groups[1].Value)
                && !Array.Exists(Queues, q => s.EndsWith($" {q}", StringComparison.Ordinal)));
        }
    }

    /// <summary>Steps that go through everything of a workspace: by an index, but no fewer rows for that.</summary>
    public IEnumerable<string> Sweeps => _steps.Where(s => s.StartsWith("SEARCH", StringComparison.Ordinal) && s.EndsWith("(WorkspaceId=?)", StringComparison.Ordinal));

    /// <summary>Steps that put rows in order which no index had in order.</summary>
    public IEnumerable<string> Sorts => _steps.Where(s => s.StartsWith("USE TEMP B-TREE FOR", StringComparison.Ordinal) && s.Contains("ORDER BY", StringComparison.Ordinal));

    public static QueryPlan Of(string address, RecordedCommand command)
    {
        using var connection = new SqliteConnection(address);
        connection.Open();
        using var explain = connection.CreateCommand();
        explain.CommandText = $"EXPLAIN QUERY PLAN {command.Sql}";
        foreach (var (name, value) in command.Parameters)
        {
            explain.Parameters.AddWithValue(name, value);
        }

        using var reader = explain.ExecuteReader();
        var steps = new List<string>();
        while (reader.Read())
        {
            steps.Add(reader.GetString(3));
        }

        return new QueryPlan(command, steps);
    }

    public override string ToString() => $"{_command.Sql}\n  {string.Join("\n  ", _steps)}";

    [GeneratedRegex("(?:FROM|JOIN|UPDATE|INTO) \"([a-z_]+)\"(?: AS \"(\\w+)\")?")]
    private static partial Regex TableAlias();

    [GeneratedRegex("^SCAN (\\w+)")]
    private static partial Regex Scan();
}
