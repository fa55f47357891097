using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;

namespace Fiko.FunctionalTests.Hosting;

/// <summary>
/// A bad network before somebody who listens: what is said comes in pieces, later, is cut off by a reset, or goes half dead, so that it
/// arrives and no answer ever comes back. TCP keeps the order of a connection, so what this brings out of order is said over several:
/// each piece of each is late by a chance of its own, and a later request overtakes an earlier one.
/// </summary>
public sealed class ChaosProxy : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _end = new();
    private readonly ConcurrentDictionary<Connection, bool> _connections = new();
    private readonly Func<Uri> _target;
    private readonly Random _chance;
    private readonly Task _accepting;
    private TimeSpan? _meanLife;
    private volatile bool _halves;
    private long _cuts;

    public ChaosProxy(Uri target)
        : this(() => target)
    {
    }

    /// <param name="target">Asked for each connection: whoever listens may begin later.</param>
    /// <param name="seed">Of all that is left to chance.</param>
    public ChaosProxy(Func<Uri> target, int? seed = null)
    {
        Seed = seed ?? Random.Shared.Next();
        (_target, _chance) = (target, new Random(Seed));
        _listener.Start(1024);
        Address = new Uri($"http://127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}");
        _accepting = Task.Run(AcceptAsync);
    }

    public Uri Address { get; }

    public int Seed { get; }

    /// <summary>How late a piece is, at least and at most.</summary>
    public (TimeSpan From, TimeSpan To) Delay { get; set; }

    /// <summary>Connections cut in the middle of whatever was under way.</summary>
    public long Cuts => Interlocked.Read(ref _cuts);

    /// <summary>From now on each connection, those that live included, is cut after so long on average.</summary>
    public void BeginCutting(TimeSpan meanLife)
    {
        _meanLife = meanLife;
        foreach (var connection in _connections.Keys)
        {
            connection.EndAfter(Life(meanLife));
        }
    }

    /// <summary>Who connects from now on may stay.</summary>
    public void EndCutting() => _meanLife = null;

    /// <summary>From now on no answer comes back, and nobody is told: not on the connections that live, not on new ones.</summary>
    public void Halve()
    {
        _halves = true;
        foreach (var connection in _connections.Keys)
        {
            connection.IsHalf = true;
        }
    }

    /// <summary>Who connects from now on hears answers. What is half dead stays so.</summary>
    public void Heal() => _halves = false;

    public async ValueTask DisposeAsync()
    {
        await _end.CancelAsync();
        _listener.Dispose();
        await _accepting;
        await Task.WhenAll(_connections.Keys.Select(c => c.Over));
        _end.Dispose();
    }

    private async Task AcceptAsync()
    {
        while (!_end.IsCancellationRequested)
        {
            try
            {
                var connection = new Connection(this, await _listener.AcceptSocketAsync(_end.Token));
                _connections[connection] = true;
                connection.IsHalf = _halves;
                connection.Begin();
            }
            catch (Exception over) when (over is OperationCanceledException or SocketException or ObjectDisposedException)
            {
                return;
            }
        }
    }

    private int PieceOf(int length)
    {
        lock (_chance)
        {
            // Some are smaller than a frame.
            return _chance.Next(8) == 0 ? _chance.Next(1, 100) : _chance.Next(64, length);
        }
    }

    private TimeSpan Late()
    {
        lock (_chance)
        {
            return Delay.From + ((Delay.To - Delay.From) * _chance.NextDouble());
        }
    }

    // Exponential, so that no moment of a connection is safer than another.
    private TimeSpan Life(TimeSpan mean)
    {
        lock (_chance)
        {
            return mean * -Math.Log(1 - _chance.NextDouble());
        }
    }

    private sealed class Connection(ChaosProxy proxy, Socket near)
    {
        private readonly CancellationTokenSource _life = CancellationTokenSource.CreateLinkedTokenSource(proxy._end.Token);
        private volatile bool _isHalf;

        public bool IsHalf
        {
            get => _isHalf;
            set => _isHalf = value;
        }

        public Task Over { get; private set; } = Task.CompletedTask;

        public void Begin() => Over = Task.Run(RunAsync);

        public void EndAfter(TimeSpan life)
        {
            try
            {
                _life.CancelAfter(life);
            }
            catch (ObjectDisposedException)
            {
                // It is over already.
            }
        }

        private async Task RunAsync()
        {
            using var far = new Socket(SocketType.Stream, ProtocolType.Tcp);
            near.NoDelay = far.NoDelay = true;
            try
            {
                var target = proxy._target();
                await far.ConnectAsync(target.Host, target.Port, _life.Token);
                if (proxy._meanLife is { } mean)
                {
                    EndAfter(proxy.Life(mean));
                }

                await Task.WhenAny(PassOnAsync(near, far, isAnswer: false), PassOnAsync(far, near, isAnswer: true));
                if (_life.IsCancellationRequested && !proxy._end.IsCancellationRequested)
                {
                    Interlocked.Increment(ref proxy._cuts);
                }
            }
            catch (Exception gone) when (gone is SocketException or OperationCanceledException)
            {
                // One side was not there.
            }

            // A reset, and not a farewell.
            near.LingerState = far.LingerState = new LingerOption(true, 0);
            near.Dispose();
            far.Dispose();
            proxy._connections.TryRemove(this, out _);
            await _life.CancelAsync();
            _life.Dispose();
        }

        private async Task PassOnAsync(Socket from, Socket to, bool isAnswer)
        {
            var ct = _life.Token;
            var buffer = new byte[16 * 1024];
            try
            {
                while (await from.ReceiveAsync(buffer.AsMemory(0, proxy.PieceOf(buffer.Length)), ct) is > 0 and var length)
                {
                    if (proxy.Delay.To > TimeSpan.Zero)
                    {
                        await Task.Delay(proxy.Late(), TimeProvider.System, ct);
                    }

                    if (!isAnswer || !_isHalf)
                    {
                        await to.SendAsync(buffer.AsMemory(0, length), ct);
                    }
                }

                if (isAnswer && _isHalf)
                {
                    // The farewell does not come through either.
                    await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, ct);
                }
            }
            catch (Exception gone) when (gone is SocketException or OperationCanceledException or ObjectDisposedException)
            {
                // Cut.
            }
        }
    }
}
