using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;

namespace Fiko.LoadTests;

/// <summary>
/// Stands between clients and a server, passes bytes on in pieces of chance sizes, and cuts each connection at a chance moment,
/// in the middle of whatever is under way.
/// </summary>
internal sealed class ChaosProxy : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _end = new();
    private readonly Uri _target;
    private readonly ConcurrentDictionary<CancellationTokenSource, bool> _lives = new();
    private long _cuts;
    private TimeSpan? _meanLife;

    public ChaosProxy(Uri target)
    {
        _target = target;
        _listener.Start(1024);
        Address = new Uri($"http://127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}");
        _ = Task.Run(AcceptAsync);
    }

    public Uri Address { get; }

    /// <summary>From now on each connection, those that live included, is cut after so long on average.</summary>
    public void Begin(TimeSpan meanLife)
    {
        _meanLife = meanLife;
        foreach (var life in _lives.Keys)
        {
            life.CancelAfter(Chance(meanLife));
        }
    }

    /// <summary>Who connects from now on may stay.</summary>
    public void End() => _meanLife = null;

    public long Cuts => Interlocked.Read(ref _cuts);

    public ValueTask DisposeAsync()
    {
        _end.Cancel();
        _listener.Dispose();
        _end.Dispose();
        return ValueTask.CompletedTask;
    }

    private async Task AcceptAsync()
    {
        while (!_end.IsCancellationRequested)
        {
            try
            {
                var client = await _listener.AcceptSocketAsync(_end.Token);
                _ = Task.Run(() => PassOnAsync(client));
            }
            catch (Exception over) when (over is OperationCanceledException or SocketException or ObjectDisposedException)
            {
                return;
            }
        }
    }

    private async Task PassOnAsync(Socket client)
    {
        using var near = client;
        using var far = new Socket(SocketType.Stream, ProtocolType.Tcp);
        using var life = CancellationTokenSource.CreateLinkedTokenSource(_end.Token);
        near.NoDelay = far.NoDelay = true;
        try
        {
            _lives[life] = true;
            await far.ConnectAsync(_target.Host, _target.Port, life.Token);
            if (_meanLife is { } mean)
            {
                life.CancelAfter(Chance(mean));
            }

            await Task.WhenAny(PumpAsync(near, far, life.Token), PumpAsync(far, near, life.Token));
            if (life.IsCancellationRequested)
            {
                Interlocked.Increment(ref _cuts);
            }
        }
        catch (Exception gone) when (gone is SocketException or OperationCanceledException)
        {
            // One side was not there.
        }

        _lives.TryRemove(life, out _);

        // A reset, and not a farewell.
        near.LingerState = far.LingerState = new LingerOption(true, 0);
    }

    // Exponential, so that no moment of a connection is safer than another.
    private static TimeSpan Chance(TimeSpan mean) => mean * -Math.Log(1 - Random.Shared.NextDouble());

    private static async Task PumpAsync(Socket from, Socket to, CancellationToken ct)
    {
        var buffer = new byte[16 * 1024];
        try
        {
            while (await from.ReceiveAsync(buffer.AsMemory(0, Random.Shared.Next(64, buffer.Length)), ct) is > 0 and var length)
            {
                await to.SendAsync(buffer.AsMemory(0, length), ct);
            }
        }
        catch (Exception gone) when (gone is SocketException or OperationCanceledException or ObjectDisposedException)
        {
            // Cut.
        }
    }
}
