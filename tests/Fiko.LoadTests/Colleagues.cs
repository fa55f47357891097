using Fiko.FunctionalTests.Hosting;

namespace Fiko.LoadTests;

/// <summary>Agents who have one socket each in the same chat, and what all others there hear of their coming and going.</summary>
internal sealed class Colleagues
{
    private readonly Dictionary<long, Listener> _sockets = [];

    /// <summary>Their sockets, by user.</summary>
    public IReadOnlyDictionary<long, Listener> Sockets => _sockets;

    /// <summary>They come into the first chat, on both servers.</summary>
    public static async Task<Colleagues> ComeAsync(Cluster cluster, Crowd crowd, int count)
    {
        var colleagues = new Colleagues();
        foreach (var (n, agent) in (await cluster.HireAsync(count)).Index())
        {
            colleagues._sockets[agent.Id] = crowd.Add(new Listener(cluster.Chats[0], agent.Token, attempt => cluster.Servers[(attempt + n) % 2].Address, new Latencies()));
        }

        await Crowd.UntilAsync(() => colleagues._sockets.Keys.All(user => HeardOf(crowd, user, online: true).Any()), "the colleagues to be heard of");
        return colleagues;
    }

    /// <summary>When sockets heard that this one came, or went.</summary>
    public static IEnumerable<long> HeardOf(Crowd crowd, long user, bool online) =>
        crowd.Listeners.SelectMany(l => l.Presence).Where(p => p.User == user && p.IsOnline == online).Select(p => p.At);

    /// <returns>How often somebody was said to be gone who only came back, and of how many a fresh socket is told wrongly in the end.</returns>
    public async Task<(int Flickers, int Wrong)> CountAsync(Cluster cluster, Crowd crowd)
    {
        var here = _sockets.Where(s => !s.Value.IsLeaving).Select(s => s.Key).ToList();
        await using var fresh = await FikoSocket.OpenAsync(cluster.Servers[0].Socket($"/ws/chat/{cluster.Chats[0]}/?token={cluster.Token}"));
        await fresh.DrainAsync();
        var seen = fresh.Heard.Where(f => f.IsA("user_presence") && f.At("is_online").GetBoolean()).Select(f => f.Number("user_id")).ToHashSet();
        return (here.Sum(user => HeardOf(crowd, user, online: false).Count()), here.Count(user => !seen.Contains(user)) + seen.Count(user => _sockets.ContainsKey(user) && !here.Contains(user)));
    }
}
