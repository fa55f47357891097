using Fiko.FunctionalTests.Hosting;

namespace Fiko.LoadTests.Experiments;

/// <summary>Everything comes late and in pieces, and is cut now and then; for a third of the time Redis takes what it is told and never answers.</summary>
internal static class Network
{
    private static readonly TimeSpan Late = TimeSpan.FromMilliseconds(40);
    private static readonly TimeSpan MeanLife = TimeSpan.FromSeconds(5);

    public static async Task<bool> RunAsync(Cluster cluster, int rate, int clients, TimeSpan lasts)
    {
        await using var redis = new ChaosProxy(() => new Uri($"http://{cluster.Redis.ConnectionString}"));
        cluster.BeforeRedis = redis;
        await cluster.StartAsync(20, Cluster.WithoutLimits);
        using var crowd = new Crowd(cluster, rate);
        await using var first = new ChaosProxy(cluster.Servers[0].Address);
        await using var second = new ChaosProxy(cluster.Servers[1].Address);
        ChaosProxy[] clientsWays = [first, second];
        ChaosProxy[] ways = [redis, .. clientsWays];
        var live = new Latencies();
        await crowd.OpenAsync(clients, live, at => clientsWays[at % 2].Address);
        crowd.BeginWriting();
        foreach (var way in ways)
        {
            way.Delay = (TimeSpan.Zero, Late);
            way.BeginCutting(MeanLife);
        }

        await Crowd.ForAsync(lasts / 3);
        Crowd.Say($"with Redis: {live.Take()}");
        redis.Halve();
        await Crowd.ForAsync(lasts / 3);
        Crowd.Say($"with a Redis that does not answer: {live.Take()}");
        redis.Heal();
        await Crowd.ForAsync(lasts / 3);
        Crowd.Say($"with Redis again: {live.Take()}");
        Array.ForEach(ways, w => w.EndCutting());
        await crowd.EndWritingAsync();
        Crowd.Say($"{first.Cuts + second.Cuts:N0} connections of clients cut, {redis.Cuts:N0} to Redis");
        return await crowd.VerdictAsync();
    }
}
