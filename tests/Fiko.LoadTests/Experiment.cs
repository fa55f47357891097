using System.Diagnostics;

namespace Fiko.LoadTests;

/// <summary>Clients listen, customers write, something goes wrong, and in the end everybody must have heard everything once.</summary>
internal sealed class Experiment(Cluster cluster, int rate) : IDisposable
{
    private static readonly TimeSpan CatchingUp = TimeSpan.FromSeconds(60);

    private readonly Latencies _latencies = new();
    private readonly List<Listener> _listeners = [];
    private readonly int[] _written = new int[Cluster.Conversations];
    private readonly CancellationTokenSource _endListening = new();
    private readonly CancellationTokenSource _endWriting = new();

    public void Dispose()
    {
        _endListening.Dispose();
        _endWriting.Dispose();
    }

    /// <summary>Each connection is cut again and again, in the middle of whatever is under way.</summary>
    public async Task<bool> DropsAsync(int clients, TimeSpan lasts, TimeSpan meanLife)
    {
        await using var first = new ChaosProxy(cluster.Servers[0].Address);
        await using var second = new ChaosProxy(cluster.Servers[1].Address);
        ChaosProxy[] proxies = [first, second];
        await OpenAsync(clients, attempt => proxies[attempt % 2].Address);
        var writing = Task.Run(WriteAsync);
        Array.ForEach(proxies, p => p.Begin(meanLife));
        await Task.Delay(lasts, TimeProvider.System);
        Array.ForEach(proxies, p => p.End());
        await EndWritingAsync(writing);
        Say($"{first.Cuts + second.Cuts:N0} connections cut");
        return await VerdictAsync();
    }

    /// <summary>Redis dies and comes back empty.</summary>
    public async Task<bool> BrokerAsync(int clients, TimeSpan away)
    {
        await OpenAsync(clients, attempt => cluster.Servers[attempt % 2].Address);
        var writing = Task.Run(WriteAsync);
        await Task.Delay(TimeSpan.FromSeconds(10), TimeProvider.System);
        Say($"with Redis: {_latencies.Take()}");
        await cluster.Redis.KillAsync();
        await Task.Delay(away, TimeProvider.System);
        Say($"without:    {_latencies.Take()}");
        cluster.Redis.Start();
        await Task.Delay(TimeSpan.FromSeconds(10), TimeProvider.System);
        Say($"back:       {_latencies.Take()}");
        Say($"{_listeners.Sum(l => l.Connects) - _listeners.Count} sockets were closed");
        await EndWritingAsync(writing);
        return await VerdictAsync();
    }

    /// <summary>Each server is stopped and started again, one after the other.</summary>
    public async Task<bool> RollingAsync(int clients)
    {
        await OpenAsync(clients, attempt => cluster.Servers[attempt % 2].Address);
        var writing = Task.Run(WriteAsync);
        foreach (var server in cluster.Servers)
        {
            var before = _listeners.ToDictionary(l => l, l => l.Connects);
            var began = TimeProvider.System.GetTimestamp();
            await server.TerminateAsync();
            await server.StartAsync();
            await UntilAsync(() => _listeners.TrueForAll(l => l.IsOpen), "all to be back");
            var back = _listeners.Where(l => l.Connects > before[l]).Select(l => Stopwatch.GetElapsedTime(began, l.OpenedAt)).ToArray();
            var fullest = back.GroupBy(at => (long)(at.TotalMilliseconds / 100)).Max(slot => slot.Count());
            Say($"{back.Length} came back within {back.Max().TotalSeconds:F1} s; the fullest 100 ms have {100.0 * fullest / back.Length:F1} % of them");
        }

        await EndWritingAsync(writing);
        return await VerdictAsync();
    }

    /// <summary>A server dies without a word.</summary>
    public async Task<bool> KillAsync(int clients)
    {
        await OpenAsync(clients, attempt => cluster.Servers[attempt % 2].Address);
        var writing = Task.Run(WriteAsync);
        await Task.Delay(TimeSpan.FromSeconds(5), TimeProvider.System);
        await cluster.Servers[1].KillAsync();
        await Task.Delay(TimeSpan.FromSeconds(10), TimeProvider.System);
        await cluster.Servers[1].StartAsync();
        await Task.Delay(TimeSpan.FromSeconds(5), TimeProvider.System);
        await EndWritingAsync(writing);
        return await VerdictAsync();
    }

    // Half of them on the list, half on the chats.
    private async Task OpenAsync(int clients, Func<int, Uri> server)
    {
        for (var n = 0; n < clients; n++)
        {
            var index = n;
            var chat = n % 2 == 0 ? null : cluster.Chats[n / 2 % Cluster.Conversations];
            var listener = new Listener(chat, cluster.Token, attempt => server(attempt + index), _latencies);
            _listeners.Add(listener);
            _ = Task.Run(() => listener.RunAsync(_endListening.Token));
            if (n % 50 == 49)
            {
                await UntilAsync(() => _listeners.TrueForAll(l => l.IsOpen), "sockets to open");
            }
        }

        await UntilAsync(() => _listeners.TrueForAll(l => l.IsOpen), "sockets to open");

        // A list socket has no cursor before its first frame.
        await Task.Delay(TimeSpan.FromSeconds(2), TimeProvider.System);
        await cluster.WriteAsync(0, "first");
        _written[0]++;
        await UntilAsync(() => _listeners.TrueForAll(l => l.Chat is not null || l.Heard > 0), "the first message");
        Say($"{clients} sockets open on 2 servers");
    }

    private async Task WriteAsync()
    {
        using var tick = new PeriodicTimer(TimeSpan.FromSeconds(1.0 / rate));
        for (var n = 0; !_endWriting.IsCancellationRequested; n++)
        {
            var customer = n % Cluster.Conversations;
            await cluster.WriteAsync(customer, $"at {TimeProvider.System.GetTimestamp()}");
            _written[customer]++;
            await tick.WaitForNextTickAsync();
        }
    }

    private async Task EndWritingAsync(Task writing)
    {
        await _endWriting.CancelAsync();
        await writing;
    }

    private async Task<bool> VerdictAsync()
    {
        var all = _written.Sum();
        var newest = await cluster.NewestAsync();
        int Behind(Listener l) => l.Chat is null ? all - l.Heard : (int)(newest[l.Chat] - l.Seq);
        try
        {
            await UntilAsync(() => _listeners.TrueForAll(l => Behind(l) <= 0), "everybody to have heard everything");
        }
        catch (TimeoutException late)
        {
            Say(late.Message);
        }

        var lost = _listeners.Sum(l => Math.Max(0, Behind(l)) + l.Missing);
        var doubled = _listeners.Sum(l => l.Doubled + (l.Chat is null ? Math.Max(0, l.Heard - all) : 0));
        Say($"{all:N0} messages, {_listeners.Sum(l => (long)l.Heard):N0} frames heard, {_listeners.Sum(l => l.Connects):N0} connects");
        Say($"lost {lost}, doubled or out of order {doubled}, not recovered {_listeners.Sum(l => l.NotRecovered)}");
        Say($"live: {_latencies.Take()}; memory of the servers {string.Join(" and ", cluster.Servers.Select(s => $"{s.MemoryMiB()} MiB"))}");
        foreach (var problem in _listeners.Select(l => l.Problem).OfType<string>().Distinct())
        {
            Say($"a socket was closed with {problem}");
        }

        await _endListening.CancelAsync();
        return lost == 0 && doubled == 0;
    }

    private static async Task UntilAsync(Func<bool> holds, string what)
    {
        var began = TimeProvider.System.GetTimestamp();
        while (!holds())
        {
            if (TimeProvider.System.GetElapsedTime(began) > CatchingUp)
            {
                throw new TimeoutException($"Waited for {what}");
            }

            await Task.Delay(TimeSpan.FromMilliseconds(50), TimeProvider.System);
        }
    }

    private static void Say(FormattableString text) => Console.WriteLine(text.ToString(System.Globalization.CultureInfo.InvariantCulture));

    private static void Say(string text) => Console.WriteLine(text);
}
