using System.Text.Json;
using Fiko.FunctionalTests.Hosting;

namespace Fiko.LoadTests;

/// <summary>One row of the log.</summary>
internal sealed record LoggedChange(string Cursor, string Conversation);

/// <summary>A client that read all there was, went away, and comes back with its cursor.</summary>
internal sealed class Absentee
{
    private const int WholeList = 500;

    private readonly Mirror _mirror = new();
    private readonly Cluster _cluster;
    private readonly string? _chat;
    private readonly int _server;

    private Absentee(Cluster cluster, string? chat, int server) => (_cluster, _chat, _server) = (cluster, chat, server);

    /// <summary>Where it left.</summary>
    public string Cursor { get; private set; } = "";

    public int Missed { get; private set; }

    public int Replayed { get; private set; }

    public bool IsRecovered { get; private set; }

    public string? Problem { get; private set; }

    public static async Task<Absentee> LeaveAsync(Cluster cluster, string? chat, int server)
    {
        var absentee = new Absentee(cluster, chat, server);
        await using var socket = await absentee.OpenAsync("");
        absentee._mirror.Apply(await ReadAllAsync(socket, chat is null));
        absentee.Cursor = absentee._mirror.Cursor!;
        return absentee;
    }

    /// <summary>Comes back on the other server.</summary>
    /// <param name="log">All that happened since the first of them left.</param>
    /// <param name="most">How much may be replayed.</param>
    public async Task ComeBackAsync(IReadOnlyList<LoggedChange> log, int most)
    {
        try
        {
            var left = Mirror.PositionOf(Cursor);
            var missed = log.Where(e => Mirror.PositionOf(e.Cursor) > left && (_chat is null || e.Conversation == _chat)).Select(e => e.Cursor).ToList();
            Missed = missed.Count;
            await using var socket = await OpenAsync($"&cursor={Cursor}");
            var heard = await ReadAllAsync(socket, asksForList: false);
            _mirror.Apply(heard);
            IsRecovered = _mirror.Recovered is true;
            var replayed = heard.Where(f => !f.IsA("resumed") && !f.IsA("recent_messages") && !f.IsA("pong") && f.TryGetProperty("cursor", out _)).Select(f => f.Text("cursor")!).ToList();
            Replayed = replayed.Count;
            if (IsRecovered != Missed <= most || !replayed.SequenceEqual(IsRecovered ? missed : []))
            {
                Problem = $"{this}: recovered {IsRecovered}, missed {Missed}, replayed {Replayed}";
                return;
            }

            if (!IsRecovered && _chat is null)
            {
                _mirror.Apply(await ReadAllAsync(socket, asksForList: true));
            }

            await CompareAsync();
        }
        catch (Exception failed)
        {
            Problem = $"{this}: {failed.Message}";
        }
    }

    public override string ToString() => _chat ?? "the list";

    private async Task CompareAsync()
    {
        var fresh = new Mirror();
        await using var socket = await OpenAsync("");
        fresh.Apply(await ReadAllAsync(socket, _chat is null));
        var oldest = _chat is null ? 0 : _mirror.Seqs.First();
        while (_chat is not null && fresh.Seqs.First() > oldest)
        {
            await socket.SendAsync(new { type = "get_messages", before = fresh.Seqs.First(), limit = Math.Min(200, fresh.Seqs.First() - oldest) });
            fresh.Apply(await socket.NextAsync("message_history"));
        }

        // Of a chat, from the oldest message that it holds.
        var isSame = _chat is null ? _mirror.State == fresh.State : fresh.Messages.EndsWith(_mirror.Messages, StringComparison.Ordinal);
        Problem = isSame ? null : $"{this}: holds something else than a fresh read";
    }

    private Task<FikoSocket> OpenAsync(string query)
    {
        var path = _chat is null ? "/ws/conversations/" : $"/ws/chat/{_chat}/";
        return FikoSocket.OpenAsync(_cluster.Servers[(_server + (query.Length > 0 ? 1 : 0)) % 2].Socket($"{path}?token={_cluster.Token}{query}"));
    }

    // A pong comes after everything that led to it.
    private static async Task<IReadOnlyList<JsonElement>> ReadAllAsync(FikoSocket socket, bool asksForList)
    {
        if (asksForList)
        {
            await socket.SendAsync(new { type = "get_conversations", limit = WholeList });
        }

        return await socket.DrainAsync();
    }
}
