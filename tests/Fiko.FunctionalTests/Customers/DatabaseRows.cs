using Fiko.FunctionalTests.Hosting;
using Microsoft.Data.Sqlite;

namespace Fiko.FunctionalTests.Customers;

/// <summary>Every value of every table, as somebody sees them who opens the file.</summary>
internal static class DatabaseRows
{
    public static async Task<IReadOnlyList<string>> ReadAsync(FikoServer server)
    {
        await using var connection = new SqliteConnection($"Data Source={server.DatabasePath};Mode=ReadOnly");
        await connection.OpenAsync();
        var rows = new List<string>();
        foreach (var table in await ColumnAsync(connection, "SELECT name FROM sqlite_master WHERE type = 'table' AND rootpage > 0"))
        {
            using var command = connection.CreateCommand();
#pragma warning disable CA2100 // The name is the database's own.
            command.CommandText = $"SELECT * FROM \"{table}\"";
#pragma warning restore CA2100
            await using var reader = await command.ExecuteReaderAsync();
            while (await reader.ReadAsync())
            {
                var values = Enumerable.Range(0, reader.FieldCount).Select(i => reader.GetValue(i) is byte[] bytes ? System.Text.Encoding.UTF8.GetString(bytes) : $"{reader.GetValue(i)}");
                rows.Add($"{table}: {string.Join(" | ", values)}");
            }
        }

        return rows;
    }

    public static async Task<IReadOnlyList<string>> NamingAsync(FikoServer server, params string[] words) =>
        [.. (await ReadAsync(server)).Where(row => words.Any(w => row.Contains(w, StringComparison.OrdinalIgnoreCase)))];

    private static async Task<List<string>> ColumnAsync(SqliteConnection connection, string query)
    {
        using var command = connection.CreateCommand();
#pragma warning disable CA2100 // A constant.
        command.CommandText = query;
#pragma warning restore CA2100
        await using var reader = await command.ExecuteReaderAsync();
        var names = new List<string>();
        while (await reader.ReadAsync())
        {
            names.Add(reader.GetString(0));
        }

        return names;
    }
}
