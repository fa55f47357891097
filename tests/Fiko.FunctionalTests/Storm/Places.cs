using System.Text;
using Microsoft.Data.Sqlite;

namespace Fiko.FunctionalTests.Storm;

/// <summary>Where a secret of a server could have got to, and where one was found.</summary>
internal sealed class Places
{
    private readonly Dictionary<string, IReadOnlyCollection<string>> _texts = [];
    private readonly Dictionary<string, byte[]> _files = [];

    /// <summary>How many texts and files there are.</summary>
    public int Count => _texts.Values.Sum(t => t.Count) + _files.Count;

    public static async Task<Places> OfAsync(WatchedServer server, IEnumerable<string> frames)
    {
        var places = new Places();
        places._texts["the log"] = [.. server.Log.Lines];
        places._texts["a field of the log"] = [.. server.Fields.Lines];
        places._texts["a trace or a measurement"] = [.. server.Signs];
        places._texts["an answer"] = [.. server.Answers];
        places._texts["a frame"] = [.. frames];
        places._texts["the database"] = await DumpAsync(server.DatabasePath);
        foreach (var file in server.Files)
        {
            places._files[file.Name] = await ReadAsync(file);
        }

        return places;
    }

    /// <summary>The places that have a secret as it is, escaped, or in base64, in whatever case; each with where in it.</summary>
    public IEnumerable<string> WhereIs(string secret, params string[] allowed) =>
        Forms(secret).SelectMany(form => InTexts(form, allowed).Concat(InFiles(form))).Distinct();

    private IEnumerable<string> InTexts(string form, string[] allowed) => _texts
        .Where(t => !allowed.Contains(t.Key))
        .SelectMany(t => t.Value.Where(text => text.Contains(form, StringComparison.OrdinalIgnoreCase)).Take(3).Select(text => $"{t.Key}: {Around(text, form)}"));

    private IEnumerable<string> InFiles(string form) => _files
        .Where(f => f.Value.AsSpan().IndexOf(Encoding.UTF8.GetBytes(form)) >= 0 || f.Value.AsSpan().IndexOf(Encoding.Unicode.GetBytes(form)) >= 0)
        .Select(f => $"the file {f.Key}");

    private static string[] Forms(string secret)
    {
        var base64 = Convert.ToBase64String(Encoding.UTF8.GetBytes(secret)).TrimEnd('=');
        return [secret, Uri.EscapeDataString(secret), base64[..^1]];
    }

    // What is shown of it helps to find the leak and is no secret of anybody's: it is made anew for each test.
    private static string Around(string text, string form)
    {
        var at = text.IndexOf(form, StringComparison.OrdinalIgnoreCase);
        return text[Math.Max(0, at - 150)..Math.Min(text.Length, at + form.Length + 50)];
    }

    private static async Task<List<string>> DumpAsync(string database)
    {
        await using var connection = new SqliteConnection($"Data Source={database};Mode=ReadOnly;Pooling=False");
        await connection.OpenAsync();
        var tables = await RowsAsync(connection, "SELECT name FROM sqlite_master WHERE type = 'table'");
        var dump = new List<string>();
        foreach (var table in tables.Select(t => t.Split('=', 2)[1]))
        {
            dump.AddRange((await RowsAsync(connection, $"SELECT * FROM \"{table}\"")).Select(row => $"{table} {row}"));
        }

        return dump;
    }

    private static async Task<List<string>> RowsAsync(SqliteConnection connection, string query)
    {
        await using var command = connection.CreateCommand();
#pragma warning disable CA2100 // The names of the database's own tables.
        command.CommandText = query;
#pragma warning restore CA2100
        await using var reader = await command.ExecuteReaderAsync();
        var rows = new List<string>();
        while (await reader.ReadAsync())
        {
            rows.Add(string.Join('\n', Enumerable.Range(0, reader.FieldCount).Select(i => $"{reader.GetName(i)}={TextOf(reader.GetValue(i))}")));
        }

        return rows;
    }

    private static string TextOf(object value) => value is byte[] bytes ? Encoding.UTF8.GetString(bytes) : $"{value}";

    // SQLite holds its files open beside us.
    private static async Task<byte[]> ReadAsync(FileInfo file)
    {
        await using var stream = new FileStream(file.FullName, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        using var copy = new MemoryStream();
        await stream.CopyToAsync(copy);
        return copy.ToArray();
    }
}
