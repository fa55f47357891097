namespace Fiko.LoadTests.Experiments;

/// <summary>Some sockets say a thousand frames a second, of every kind, and come back whenever they are closed. All limits are those of the defaults.</summary>
internal static class Flood
{
    // Fewer than the sockets that a user may have.
    private const int SocketsOfAUser = 25;
    private const int FramesPerSecond = 1000;
    private const int Rounds = 4;

    /// <param name="cluster">What is flooded.</param>
    /// <param name="rate">Messages of customers a second.</param>
    /// <param name="clients">Honest sockets.</param>
    /// <param name="sockets">Those that flood.</param>
    /// <param name="phase">How long there is peace, and how long a flood, in all.</param>
    /// <param name="refusals">After how many refusals in a row a socket is closed; many show what a flood costs that goes on.</param>
    public static async Task<bool> RunAsync(Cluster cluster, int rate, int clients, int sockets, TimeSpan phase, int refusals)
    {
        await cluster.StartAsync(20, $"--Sockets:MaxRefusals={refusals}");
        using var crowd = new Crowd(cluster, rate);
        var live = new Latencies();
        var honest = await cluster.HireAsync((clients + SocketsOfAUser - 1) / SocketsOfAUser);
        var hostile = await cluster.HireAsync((sockets + SocketsOfAUser - 1) / SocketsOfAUser);
        await crowd.OpenAsync(Enumerable.Range(0, clients).Select<int, Func<Listener>>(n => () =>
            new Listener(n % 2 == 0 ? null : cluster.Chats[n / 4 % cluster.Chats.Count], honest[n / SocketsOfAUser].Token, attempt => cluster.Servers[(attempt + (n / 2)) % 2].Address, live)));
        crowd.BeginWriting();
        var floods = Enumerable.Range(0, sockets).Select(n =>
        {
            var path = n % 2 == 0 ? "/ws/conversations/" : $"/ws/chat/{cluster.Chats[n / 2 % cluster.Chats.Count]}/";
            return new Flooder(cluster.Servers[n / 2 % 2].Socket($"{path}?token={hostile[n / SocketsOfAUser].Token}"), FramesPerSecond);
        }).ToList();

        // In turns, so that neither side has the better part of the machine's day. What runs for the first time counts for neither.
        var (peace, flooded) = (new Latencies(), new Latencies());
        var (loadInPeace, loadFlooded, seconds) = ("", "", 0.0);
        for (var round = 0; round <= Rounds; round++)
        {
            (_, _) = (live.Take(), cluster.Load);
            await Crowd.ForAsync(phase / Rounds);
            live.MoveTo(round == 0 ? new Latencies() : peace);
            loadInPeace = cluster.Load;
            using var end = new CancellationTokenSource();
            var began = TimeProvider.System.GetTimestamp();
            var running = floods.Select(f => Task.Run(() => f.RunAsync(end.Token))).ToArray();
            await Crowd.ForAsync(phase / Rounds);
            live.MoveTo(round == 0 ? new Latencies() : flooded);
            loadFlooded = cluster.Load;
            seconds += TimeProvider.System.GetElapsedTime(began).TotalSeconds;
            await end.CancelAsync();
            await Task.WhenAll(running);
            await Crowd.ForAsync(TimeSpan.FromSeconds(1));
        }

        var (before, during) = (peace.Take(), flooded.Take());
        Crowd.Say($"in peace: {before}; {loadInPeace}");
        Crowd.Say($"in the flood: {during}; p99 moved by {before.Moved(during):F1} %; {loadFlooded}; {cluster.Memory}");
        Crowd.Say($"each socket sent {floods.Sum(f => f.Sent) / sockets / seconds:F0} frames a second; {floods.Sum(f => f.Refused):N0} answers rate_limited, {floods.Sum(f => f.Closed4429):N0} times closed with 4429, {floods.Sum(f => f.ClosedOtherwise):N0} otherwise");
        return await crowd.VerdictAsync() && floods.TrueForAll(f => f.Refused > 0);
    }
}
