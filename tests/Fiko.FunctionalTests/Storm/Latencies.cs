using System.Collections.Concurrent;
using System.Text.Json;
using Fiko.FunctionalTests.Hosting;

namespace Fiko.FunctionalTests.Storm;

/// <summary>When each new text was heard of on a socket.</summary>
internal sealed class Latencies
{
    private readonly ConcurrentDictionary<string, long> _heard = new();

    public void Hear(JsonElement frame)
    {
        if (frame.IsA("chat_message"))
        {
            _heard.TryAdd(frame.Text("message.content")!, TimeProvider.System.GetTimestamp());
        }
    }

    /// <summary>From the first post of a text to its frame.</summary>
    public string Describe(IReadOnlyDictionary<string, long> posted)
    {
        var all = posted
            .Where(p => _heard.ContainsKey(p.Key))
            .Select(p => TimeProvider.System.GetElapsedTime(p.Value, _heard[p.Key]).TotalMilliseconds)
            .Order()
            .ToArray();
        return all.Length == 0 ? "no frames" : $"{all.Length} frames, p50 {all[all.Length / 2]:0} ms, p99 {all[all.Length * 99 / 100]:0} ms, longest {all[^1]:0} ms";
    }
}
