using Fiko.FunctionalTests.Hosting;

namespace Fiko.LoadTests.Experiments;

/// <summary>Each connection is cut again and again, in the middle of whatever is under way.</summary>
internal static class Drops
{
    public static async Task<bool> RunAsync(Cluster cluster, int rate, int clients, TimeSpan lasts, TimeSpan meanLife)
    {
        await cluster.StartAsync(20, Cluster.WithoutLimits);
        using var crowd = new Crowd(cluster, rate);
        await using var first = new ChaosProxy(cluster.Servers[0].Address);
        await using var second = new ChaosProxy(cluster.Servers[1].Address);
        ChaosProxy[] proxies = [first, second];
        var live = new Latencies();
        await crowd.OpenAsync(clients, live, at => proxies[at % 2].Address);
        crowd.BeginWriting();
        Array.ForEach(proxies, p => p.BeginCutting(meanLife));
        await Crowd.ForAsync(lasts);
        Array.ForEach(proxies, p => p.EndCutting());
        await crowd.EndWritingAsync();
        Crowd.Say($"{first.Cuts + second.Cuts:N0} connections cut");
        Crowd.Say($"live: {live.Take()}");
        return await crowd.VerdictAsync();
    }
}
