namespace Fiko.LoadTests.Experiments;

/// <summary>
/// Redis dies and comes back empty. One server alone takes in what customers write: the other one would learn of it by writing, too.
/// </summary>
internal static class Broker
{
    public static async Task<bool> RunAsync(Cluster cluster, int rate, int clients, TimeSpan away)
    {
        await cluster.StartAsync(20, Cluster.WithoutLimits);
        cluster.Intake = cluster.Servers[0];
        using var crowd = new Crowd(cluster, rate);
        Latencies[] live = [new(), new()];
        await crowd.OpenAsync(Enumerable.Range(0, clients).Select<int, Func<Listener>>(n => () =>
            new Listener(n % 2 == 0 ? null : cluster.Chats[n / 4 % cluster.Chats.Count], cluster.Token, _ => cluster.Servers[n / 2 % 2].Address, live[n / 2 % 2])));
        crowd.BeginWriting();
        await Crowd.ForAsync(TimeSpan.FromSeconds(10));
        Say("with Redis");
        await cluster.Redis.KillAsync();
        await Crowd.ForAsync(away);
        Say("without");
        await cluster.Redis.StartAsync();
        await Crowd.ForAsync(TimeSpan.FromSeconds(10));
        Say("when it is back");
        Crowd.Say($"{crowd.Listeners.Sum(l => l.Connects) - crowd.Listeners.Count} sockets were closed");
        return await crowd.VerdictAsync();

        void Say(string when)
        {
            Crowd.Say($"{when}, on the server that takes it in: {live[0].Take()}");
            Crowd.Say($"{when}, on the other one:               {live[1].Take()}");
        }
    }
}
