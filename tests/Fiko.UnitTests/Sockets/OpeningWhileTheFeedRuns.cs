using System.Net.WebSockets;
using Fiko.Application.Realtime;
using Fiko.Application.Shared;
using Fiko.Domain.Agents;
using Fiko.Infrastructure.Auth;
using Fiko.WebApi.Sockets;
using Microsoft.Extensions.Logging.Abstractions;

namespace Fiko.UnitTests.Sockets;

public sealed class OpeningWhileTheFeedRuns
{
    private const int Rounds = 5000;

    /// <summary>
    /// The stream of live frames was once made by whoever asked first. When the feed and the opening socket asked at the same
    /// moment there were two of them, and what the feed put into the one that nobody kept was lost.
    /// </summary>
    [Fact]
    public async Task The_first_live_frame_and_the_snapshot_meet_in_one_stream()
    {
        var connections = Enumerable.Range(0, Rounds).Select(_ => new Opening()).ToArray();
        using var together = new Barrier(2);

        Task<LiveStream[]> Ask() => Task.Factory.StartNew(
            () => Array.ConvertAll(connections, connection =>
            {
                together.SignalAndWait();
                return connection.Frames;
            }),
            TestContext.Current.CancellationToken,
            TaskCreationOptions.LongRunning,
            TaskScheduler.Default);

        var seen = await Task.WhenAll(Ask(), Ask());

        Assert.All(seen[0].Zip(seen[1]), pair => Assert.Same(pair.First, pair.Second));
    }

    private sealed class Opening() : SocketConnection(
        new AcceptedSocket(WebSocket.CreateFromStream(System.IO.Stream.Null, new WebSocketCreationOptions { IsServer = true }), () => { }),
        new CallerFeature(new Caller(AgentId: 1, WorkspaceId: 1, "Sara", Role.Agent, SessionId: null), DateTimeOffset.MaxValue),
        Topic.Inbox(1),
        english: true,
        new SocketParts(null!, null!, null!, null!, null!, new Replays(), new SocketOptions(), TimeProvider.System, NullLogger<SocketConnection>.Instance))
    {
        public LiveStream Frames => Live;

        protected override Task OpenAsync(CancellationToken ct) => Task.CompletedTask;

        protected override Task HandleAsync(ReadOnlyMemory<byte> frame, CancellationToken ct) => Task.CompletedTask;

        protected override void Left()
        {
        }
    }
}
