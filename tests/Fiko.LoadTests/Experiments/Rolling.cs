using System.Diagnostics;

namespace Fiko.LoadTests.Experiments;

/// <summary>Each server is stopped and started again, one after the other.</summary>
internal static class Rolling
{
    public static async Task<bool> RunAsync(Cluster cluster, int rate, int clients)
    {
        await cluster.StartAsync(20, Cluster.WithoutLimits);
        using var crowd = new Crowd(cluster, rate);
        var live = new Latencies();
        await crowd.OpenAsync(clients, live);
        var colleagues = await Colleagues.ComeAsync(cluster, crowd, 20);
        crowd.BeginWriting();
        await Crowd.ForAsync(TimeSpan.FromSeconds(5));
        Crowd.Say($"before: {live.Take()}");
        foreach (var server in cluster.Servers)
        {
            var before = crowd.Listeners.ToDictionary(l => l, l => l.Connects);
            var began = TimeProvider.System.GetTimestamp();
            server.Terminate();
            await server.ExitedAsync();
            await server.StartAsync();
            await Crowd.UntilAsync(() => crowd.Listeners.All(l => l.IsOpen), "all to be back");
            var back = crowd.Listeners.Where(l => l.Connects > before[l]).Select(l => Stopwatch.GetElapsedTime(began, l.OpenedAt)).ToArray();
            var fullest = back.GroupBy(at => (long)(at.TotalMilliseconds / 100)).Max(slot => slot.Count());
            Crowd.Say($"{back.Length} came back within {back.Max().TotalSeconds:F1} s; the fullest 100 ms have {100.0 * fullest / back.Length:F1} % of them");
            Crowd.Say($"meanwhile: {live.Take()}");

            // Longer than the lease of what the stopped server said of its users.
            await Crowd.ForAsync(TimeSpan.FromSeconds(20));
        }

        var heardAll = await crowd.VerdictAsync();
        var (flickers, wrong) = await colleagues.CountAsync(cluster, crowd);
        Crowd.Say($"presence of {colleagues.Sockets.Count} others: {flickers} times said to be gone, {wrong} wrong in the end");
        return heardAll && flickers == 0 && wrong == 0;
    }
}
