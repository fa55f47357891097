using System.Net;
using System.Net.WebSockets;
using Fiko.FunctionalTests.Hosting;

namespace Fiko.FunctionalTests.Chaos;

/// <summary>protocol.md, The event log: who comes back with the cursor of what they saw last gets the rest, once and in order.</summary>
public sealed class BetweenClientAndServer(FikoServer server) : IClassFixture<FikoServer>
{
    private const int Clients = 20;
    private const int Messages = 40;

    [Fact]
    public async Task Clients_that_are_cut_off_again_and_again_hear_everything_once_and_in_order()
    {
        await using var proxy = new ChaosProxy(server.Address) { Delay = (TimeSpan.FromMilliseconds(1), TimeSpan.FromMilliseconds(40)) };
        var workspace = await TestWorkspace.CreateAsync(server, agents: 1);
        var conversation = await workspace.BeginAsync("sara");
        var clients = Enumerable.Range(0, Clients).Select(_ => new Client(proxy, $"/ws/chat/{conversation}/?token={workspace.Owner.Token}")).ToList();
        using var end = new CancellationTokenSource();
        var running = Task.WhenAll(clients.Select(c => c.RunAsync(end.Token)));
        proxy.BeginCutting(TimeSpan.FromMilliseconds(400));

        for (var n = 0; n < Messages; n++)
        {
            Assert.Equal(HttpStatusCode.Accepted, await workspace.WriteAsync("sara", $"message {n}"));
            await clients[n % Clients].SeesAsync(n + 2);
        }

        await Task.WhenAll(clients.Select(c => c.SeesAsync(Messages + 1)));
        await end.CancelAsync();
        await running;
        Assert.All(clients, c => Assert.Equal(Enumerable.Range(1, Messages + 1).Select(n => (long)n), c.Seqs));
        Assert.True(proxy.Cuts > Clients, $"{proxy.Cuts} cuts, seed {proxy.Seed}");
    }

    // Comes back with its cursor whenever it is cut off. The mirror complains of what comes twice or out of order.
    private sealed class Client(ChaosProxy proxy, string path)
    {
        private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(20);

        private readonly Mirror _mirror = new();

        public IReadOnlyList<long> Seqs
        {
            get
            {
                lock (_mirror)
                {
                    return [.. _mirror.Seqs];
                }
            }
        }

        public Task<int> SeesAsync(int seq) => Eventually.SeesAsync(() => Task.FromResult(Seqs.Count), count => count >= seq, $"message {seq}, seed {proxy.Seed}", TimeSpan.FromSeconds(60));

        public async Task RunAsync(CancellationToken end)
        {
            while (!end.IsCancellationRequested)
            {
                try
                {
                    await ListenAsync(end);
                }
                catch (Exception cut) when (cut is WebSocketException or OperationCanceledException)
                {
                    await Task.Delay(Pause, TimeProvider.System, CancellationToken.None);
                }
            }
        }

        private async Task ListenAsync(CancellationToken end)
        {
            var cursor = _mirror.Cursor is { } last ? $"&cursor={Uri.EscapeDataString(last)}" : "";
            await using var socket = await FikoSocket.OpenAsync(new Uri($"ws://127.0.0.1:{proxy.Address.Port}{path}{cursor}"));
            await using var leaving = end.Register(socket.Abort);
            await socket.ClosedAsync();
            lock (_mirror)
            {
                _mirror.Apply(socket.Heard);
            }
        }
    }
}
