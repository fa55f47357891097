using System.Globalization;
using Microsoft.Data.Sqlite;

namespace Fiko.FunctionalTests.Isolation;

/// <summary>Every row of one workspace, whichever table: by the table's own column, or by what its foreign keys lead to.</summary>
internal static class RowsOf
{
    // What belongs to no workspace.
    private static readonly string[] Ownerless = ["__EFMigrationsHistory", "__EFMigrationsLock", "search_backfill", "stray_updates"];

    public static List<string> Workspace(string database, long workspace)
    {
        using var connection = new SqliteConnection($"Data Source={database};Mode=ReadOnly");
        connection.Open();
        var tables = Column(connection, "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%' AND sql NOT LIKE 'CREATE VIRTUAL%'")
            .Where(t => !Ownerless.Contains(t) && !IsIndex(connection, t)).ToList();
        var found = new List<string>();
        foreach (var table in tables)
        {
            var owned = Owned(connection, table, []) ?? throw new InvalidOperationException($"Whose are the rows of {table}? Give it a foreign key or a WorkspaceId, or name it as ownerless.");
            found.AddRange(Read(connection, $"SELECT * FROM \"{table}\" WHERE {owned}", workspace).Select(row => $"{table}: {row}"));
        }

        return [.. found.Order(StringComparer.Ordinal)];
    }

    /// <summary>What no request does: changes the workspace's rows behind the server's back.</summary>
    public static void Change(string database, long workspace, string sql)
    {
        using var connection = new SqliteConnection($"Data Source={database}");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.Parameters.AddWithValue("$workspace", workspace);
        command.ExecuteNonQuery();
    }

    // The tables that a full-text index keeps for itself.
    private static bool IsIndex(SqliteConnection connection, string table) =>
        Column(connection, "SELECT name FROM sqlite_master WHERE sql LIKE 'CREATE VIRTUAL%'").Exists(v => table.StartsWith($"{v}_", StringComparison.Ordinal));

    private static string? Owned(SqliteConnection connection, string table, HashSet<string> seen)
    {
        if (table == "workspaces")
        {
            return "Id = $workspace";
        }

        if (Column(connection, $"SELECT name FROM pragma_table_info('{table}')").Contains("WorkspaceId"))
        {
            return "WorkspaceId = $workspace";
        }

        if (!seen.Add(table))
        {
            return null;
        }

        foreach (var key in Column(connection, $"SELECT \"from\" || ' ' || \"table\" FROM pragma_foreign_key_list('{table}')").Select(k => k.Split(' ')))
        {
            if (Owned(connection, key[1], seen) is { } parent)
            {
                return $"\"{key[0]}\" IN (SELECT Id FROM \"{key[1]}\" WHERE {parent})";
            }
        }

        return null;
    }

    private static List<string> Column(SqliteConnection connection, string sql) => Read(connection, sql, 0);

    private static List<string> Read(SqliteConnection connection, string sql, long workspace)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.Parameters.AddWithValue("$workspace", workspace);
        using var reader = command.ExecuteReader();
        var rows = new List<string>();
        while (reader.Read())
        {
            rows.Add(string.Join('|', Enumerable.Range(0, reader.FieldCount).Select(i => reader.GetValue(i) is byte[] bytes
                ? Convert.ToHexString(bytes)
                : Convert.ToString(reader.GetValue(i), CultureInfo.InvariantCulture))));
        }

        return rows;
    }
}
