using Fiko.FunctionalTests.Hosting;

namespace Fiko.LoadTests;

/// <summary>Clients listen, customers write, something goes wrong, and in the end everybody must have heard everything once.</summary>
internal sealed class Crowd(Cluster cluster, int rate) : IDisposable
{
    private static readonly TimeSpan CatchingUp = TimeSpan.FromSeconds(90);

    private readonly List<Listener> _listeners = [];
    private readonly int[] _written = new int[cluster.Chats.Count];
    private readonly CancellationTokenSource _endListening = new();
    private readonly Dictionary<Listener, int> _joinedAfter = [];
    private CancellationTokenSource _endWriting = new();
    private Task _writing = Task.CompletedTask;

    public IReadOnlyList<Listener> Listeners => _listeners;

    public void Dispose()
    {
        _endListening.Cancel();
        _endListening.Dispose();
        _endWriting.Dispose();
    }

    public static void Say(FormattableString text) => Console.WriteLine(text.ToString(System.Globalization.CultureInfo.InvariantCulture));

    public static Task ForAsync(TimeSpan time) => Task.Delay(time, TimeProvider.System);

    public static Task UntilAsync(Func<bool> holds, string what, TimeSpan? patience = null) =>
        Eventually.SeesAsync(() => Task.FromResult(holds()), held => held, what, patience ?? CatchingUp, TimeSpan.FromMilliseconds(50));

    /// <summary>Somebody who will hear all that is written from now on.</summary>
    public Listener Add(Listener listener)
    {
        _joinedAfter[listener] = _written.Sum();
        _listeners.Add(listener);
        _ = Task.Run(() => listener.RunAsync(_endListening.Token));
        return listener;
    }

    /// <summary>Opens sockets one group after the other, and waits until all have a place to come back to.</summary>
    public async Task OpenAsync(IEnumerable<Func<Listener>> sockets)
    {
        var last = 0L;
        foreach (var group in sockets.Chunk(50))
        {
            Array.ForEach(group, open => Add(open()));
            await UntilAsync(() => _listeners.TrueForAll(l => l.IsOpen), "sockets to open");
            last += group.Length;
        }

        // A list socket has no cursor before its first frame.
        await ForAsync(TimeSpan.FromSeconds(2));
        await cluster.WriteAsync(0, "first");
        _written[0]++;
        await UntilAsync(() => _listeners.TrueForAll(l => l.Chat is not null || l.Heard > 0), "the first message");
        Say($"{last} sockets open on 2 servers");
    }

    /// <summary>Sockets of the owner: half of them on the list, half on the chats, both on both servers.</summary>
    public Task OpenAsync(int clients, Latencies live, Func<int, Uri>? server = null)
    {
        server ??= at => cluster.Servers[at % 2].Address;
        return OpenAsync(Enumerable.Range(0, clients).Select<int, Func<Listener>>(n => () =>
            new Listener(n % 2 == 0 ? null : cluster.Chats[n / 4 % cluster.Chats.Count], cluster.Token, attempt => server(attempt + (n / 2)), live)));
    }

    /// <summary>From now on the customers write, one after the other.</summary>
    public void BeginWriting(string more = "")
    {
        _endWriting = new CancellationTokenSource();
        _writing = Task.Run(() => WriteAsync(more, _endWriting.Token));
    }

    /// <summary>Returns when all that was taken is shown, too.</summary>
    public async Task EndWritingAsync()
    {
        await _endWriting.CancelAsync();
        await _writing;
        await ForAsync(TimeSpan.FromSeconds(1));
    }

    /// <summary>Ends the writing, and waits for all who have not left.</summary>
    /// <returns>Whether everybody heard everything once.</returns>
    public async Task<bool> VerdictAsync()
    {
        await EndWritingAsync();
        var all = _written.Sum();
        var newest = await cluster.NewestAsync();
        var here = _listeners.Where(l => !l.IsLeaving).ToList();
        int Behind(Listener l) => l.Chat is null ? all - _joinedAfter[l] - l.Heard : (int)(newest[l.Chat] - l.Seq);
        try
        {
            await UntilAsync(() => here.TrueForAll(l => Behind(l) <= 0), "everybody to have heard everything");
        }
        catch (TimeoutException late)
        {
            Say($"{late.Message}");
        }

        var lost = here.Sum(l => Math.Max(0, Behind(l)) + l.Missing);
        var doubled = here.Sum(l => l.Doubled + (l.Chat is null ? Math.Max(0, -Behind(l)) : 0));
        Say($"{all:N0} messages, {here.Sum(l => (long)l.Heard):N0} frames heard, {here.Sum(l => l.Connects):N0} connects");
        Say($"lost {lost}, doubled or out of order {doubled}, not recovered {here.Sum(l => l.NotRecovered)}");
        Say($"memory of the servers {cluster.Memory}");
        foreach (var (code, count) in here.SelectMany(l => l.Ends).CountBy(c => c).Where(e => e.Key is 1008 or 4404 or 4429))
        {
            Say($"{count} sockets were closed with {code}");
        }

        await _endListening.CancelAsync();
        return lost == 0 && doubled == 0;
    }

    private async Task WriteAsync(string more, CancellationToken end)
    {
        using var tick = new PeriodicTimer(TimeSpan.FromSeconds(1.0 / rate));
        for (var n = 0; !end.IsCancellationRequested; n++)
        {
            var customer = n % _written.Length;
            await cluster.WriteAsync(customer, $"at {TimeProvider.System.GetTimestamp()} {more}");
            _written[customer]++;
            await tick.WaitForNextTickAsync(CancellationToken.None);
        }
    }
}
