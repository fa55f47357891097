using System.Collections.Concurrent;
using System.Text;

namespace Fiko.LoadTests.Fuzz;

/// <summary>What was sent last, and what should not have come of it.</summary>
internal sealed class FuzzJournal(int seed)
{
    private const int Remembered = 12;

    private readonly ConcurrentDictionary<int, ConcurrentQueue<(string Kind, byte[] Bytes)>> _last = new();
    private readonly ConcurrentQueue<string> _findings = new();
    private readonly ConcurrentDictionary<string, long> _counts = new();
    private long _count;

    public int Seed => seed;

    public long Count => Interlocked.Read(ref _count);

    public IReadOnlyCollection<string> Findings => _findings;

    public string Counts => string.Join(", ", _counts.OrderBy(c => c.Key, StringComparer.Ordinal).Select(c => $"{c.Key} {c.Value:N0}"));

    /// <summary>Told of each finding at once.</summary>
    public Action<string>? Found { get; set; }

    public void Note(int client, string kind, byte[] bytes)
    {
        Interlocked.Increment(ref _count);
        _counts.AddOrUpdate(kind.Split(' ')[0], 1, (_, n) => n + 1);
        var last = _last.GetOrAdd(client, _ => new());
        last.Enqueue((kind, bytes));
        while (last.Count > Remembered)
        {
            last.TryDequeue(out _);
        }
    }

    /// <summary>Something came of what this client sent last.</summary>
    public void Find(int client, string problem) => Find($"seed {seed}, client {client}: {problem}\n{Describe(client, 4, 600)}");

    /// <summary>Something happened that cannot be laid at one client's door: the last input of each is named.</summary>
    public void FindSomewhere(string problem) => Find($"seed {seed}: {problem}\n{string.Join("\n", _last.Keys.Order().Select(c => Describe(c, 1, 120)))}");

    public void Counted(string what) => _counts.AddOrUpdate(what, 1, (_, n) => n + 1);

    private void Find(string text)
    {
        _findings.Enqueue(text);
        Found?.Invoke(text);
    }

    private string Describe(int client, int inputs, int shown) =>
        string.Join("\n", (_last.TryGetValue(client, out var last) ? last.ToArray() : []).TakeLast(inputs).Select(i => $"  client {client} {i.Kind} ({i.Bytes.Length} bytes) {Escape(i.Bytes, shown)}"));

    private static string Escape(byte[] bytes, int shown)
    {
        var text = new StringBuilder();
        foreach (var one in bytes.Take(shown))
        {
            text.Append(one is >= 0x20 and < 0x7f ? $"{(char)one}" : $"\\x{one:x2}");
        }

        return bytes.Length <= shown || shown < 600 ? text.ToString() : $"{text}… base64 {Convert.ToBase64String(bytes.AsSpan(0, Math.Min(bytes.Length, 4000)))}";
    }
}
