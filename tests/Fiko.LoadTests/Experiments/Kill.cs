using System.Diagnostics;

namespace Fiko.LoadTests.Experiments;

/// <summary>A server dies without a word. Of those who were in a chat by it, half come back and half stay away.</summary>
internal static class Kill
{
    private const int Others = 20;
    private static readonly TimeSpan Promised = TimeSpan.FromSeconds(30);

    public static async Task<bool> RunAsync(Cluster cluster, int rate, int clients)
    {
        await cluster.StartAsync(20, Cluster.WithoutLimits);
        using var crowd = new Crowd(cluster, rate);
        var live = new Latencies();
        await crowd.OpenAsync(clients, live);
        var colleagues = await Colleagues.ComeAsync(cluster, crowd, Others);
        crowd.BeginWriting();
        await Crowd.ForAsync(TimeSpan.FromSeconds(5));
        var doomed = cluster.Servers[1];
        var leaving = colleagues.Sockets.Where(s => s.Value.At == doomed.Address).Where((_, n) => n % 2 == 0).ToList();
        leaving.ForEach(l => l.Value.IsLeaving = true);
        var began = TimeProvider.System.GetTimestamp();
        await doomed.KillAsync();
        await Crowd.ForAsync(TimeSpan.FromSeconds(10));
        await doomed.StartAsync();
        await Crowd.UntilAsync(() => leaving.TrueForAll(l => Colleagues.HeardOf(crowd, l.Key, online: false).Any()), "who stays away to be gone");
        var latest = leaving.Max(l => Stopwatch.GetElapsedTime(began, Colleagues.HeardOf(crowd, l.Key, online: false).Min()));
        Crowd.Say($"{leaving.Count} who stay away are gone after {latest.TotalSeconds:F1} s");
        await Crowd.ForAsync(TimeSpan.FromSeconds(5));
        Crowd.Say($"live: {live.Take()}");
        var heardAll = await crowd.VerdictAsync();
        var (flickers, wrong) = await colleagues.CountAsync(cluster, crowd);
        Crowd.Say($"presence of the {Others - leaving.Count} others: {flickers} times said to be gone, {wrong} wrong in the end");
        return heardAll && latest < Promised && flickers == 0 && wrong == 0;
    }
}
