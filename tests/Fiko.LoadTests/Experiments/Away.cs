using System.Text.Json;
using Fiko.FunctionalTests.Hosting;

namespace Fiko.LoadTests.Experiments;

/// <summary>
/// Clients go at different moments, and all come back when very much has happened. Those who missed no more than may be replayed get
/// exactly that; the others read afresh. In the end each of them holds what somebody holds who has just come.
/// </summary>
internal static class Away
{
    private const int Conversations = 100;
    private const int MostMissed = 1000;
    private const int Writers = 16;

    // In a chat with so many, even who missed only what happened there missed too much.
    private const int BusyMessages = 1200;

    private static readonly object[] Changes =
    [
        new { action = "set_status", status = "pending" }, new { action = "add_tags", tags = new[] { "away" } },
        new { action = "set_status", status = "active" }, new { action = "remove_tags", tags = new[] { "away" } },
    ];

    public static async Task<bool> RunAsync(Cluster cluster, int events)
    {
        await cluster.StartAsync(Conversations, Cluster.WithoutLimits);
        var absent = new List<Absentee>();
        var change = 0;
        var began = TimeProvider.System.GetTimestamp();
        var first = await LeaveAsync(10, 50);
        await WriteAsync(BusyMessages, _ => 0);
        await WriteAsync(3000, n => 1 + (n % (Conversations - 1)));
        while (await PositionAsync(cluster) - first < events - MostMissed - 1)
        {
            await ChangeAllAsync();
        }

        await LeaveAsync(5, 10);
        await WriteAsync(1, _ => 0);
        await LeaveAsync(5, 10);
        await ChangeAllAsync(5);
        await LeaveAsync(5, 10);
        await ChangeAllAsync(4);
        await WriteAsync(99, n => n);
        await LeaveAsync(5, 10);
        await WriteAsync(1, _ => 0);
        await LeaveAsync(5, 10);
        Crowd.Say($"{await PositionAsync(cluster) - first:N0} events in {TimeProvider.System.GetElapsedTime(began).TotalSeconds:F0} s, and {absent.Count} clients are away; {cluster.Memory}");

        var log = await ReadLogAsync(cluster, absent[0].Cursor);
        began = TimeProvider.System.GetTimestamp();
        foreach (var group in absent.Chunk(10))
        {
            await Task.WhenAll(group.Select(a => a.ComeBackAsync(log, MostMissed)));
        }

        Crowd.Say($"all back after {TimeProvider.System.GetElapsedTime(began).TotalSeconds:F1} s; {cluster.Memory}");
        foreach (var (isRecovered, those) in absent.GroupBy(a => a.IsRecovered).Select(g => (g.Key, g.ToList())))
        {
            Crowd.Say($"{those.Count} with recovered: {(isRecovered ? "true" : "false")}, who had missed {those.Min(a => a.Missed):N0} to {those.Max(a => a.Missed):N0}; {those.Sum(a => a.Replayed):N0} frames replayed");
        }

        var wrong = absent.Where(a => a.Problem is not null).ToList();
        Crowd.Say($"{wrong.Count} got something else than they missed, or hold something else than a fresh read");
        wrong.Take(10).ToList().ForEach(a => Crowd.Say($"  {a.Problem}"));
        return wrong.Count == 0;

        async Task<long> LeaveAsync(int lists, int chats)
        {
            var paths = Enumerable.Repeat<string?>(null, lists).Concat(cluster.Chats.Take(chats));
            foreach (var (n, chat) in paths.Index())
            {
                absent.Add(await Absentee.LeaveAsync(cluster, chat, n));
            }

            return Mirror.PositionOf(absent[^1].Cursor);
        }

        async Task ChangeAllAsync(int times = 1)
        {
            for (var n = 0; n < times; n++)
            {
                var what = JsonSerializer.SerializeToNode(Changes[change++ % Changes.Length])!.AsObject();
                what["ids"] = JsonSerializer.SerializeToNode(cluster.Chats);
                Assert.Equal(Conversations, (await cluster.PostAsync("/api/v1/conversations/bulk", what, cluster.Servers[change % 2])).Number("changed"));
            }
        }

        // Until they are applied, which is a moment after they are taken.
        async Task WriteAsync(int messages, Func<int, int> customer)
        {
            var wanted = await PositionAsync(cluster) + messages;
            await Parallel.ForEachAsync(Enumerable.Range(0, messages), new ParallelOptions { MaxDegreeOfParallelism = Writers }, async (n, _) => await cluster.WriteAsync(customer(n), $"Message {n}"));
            await Eventually.SeesAsync(() => PositionAsync(cluster), at => at >= wanted, "what was written to be applied");
        }
    }

    private static async Task<long> PositionAsync(Cluster cluster) => Mirror.PositionOf((await cluster.GetAsync("/api/v1/events?limit=1")).Text("next_cursor")!);

    // The log itself, which is what a socket should hear.
    private static async Task<IReadOnlyList<LoggedChange>> ReadLogAsync(Cluster cluster, string after)
    {
        var log = new List<LoggedChange>();
        while (true)
        {
            var page = await cluster.GetAsync($"/api/v1/events?limit=500&after={after}");
            log.AddRange(page.At("items").EnumerateArray().Select(e => new LoggedChange(e.Text("cursor")!, e.Text("conversation_id")!)));
            after = page.Text("next_cursor")!;
            if (!page.At("has_more").GetBoolean())
            {
                return log;
            }
        }
    }
}
