using System.Net.WebSockets;
using System.Text;
using Fiko.WebApi.Sockets;

namespace Fiko.UnitTests.Sockets;

public sealed class QueueingFramesForAPeer : IAsyncLifetime
{
    private SocketPair _pair = null!;

    public async ValueTask InitializeAsync() => _pair = await SocketPair.ConnectAsync();

    public ValueTask DisposeAsync()
    {
        _pair.Dispose();
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task Frames_arrive_in_the_order_they_were_sent()
    {
        var outbox = Outbox(new SocketOptions());
        var frames = Enumerable.Range(1, 500).Select(n => $"frame {n}").ToArray();

        foreach (var frame in frames)
        {
            Assert.True(outbox.Send(Bytes(frame)));
        }

        outbox.Close(WebSocketCloseStatus.NormalClosure, "");
        Assert.Equal(frames, await _pair.ReadToTheEndAsync());
    }

    [Fact]
    public async Task Closing_comes_after_what_is_queued_and_nothing_after_it()
    {
        var outbox = Outbox(new SocketOptions());

        outbox.Send(Bytes("queued"));
        outbox.Close(CloseCode.GoingAway, "Server shuts down");
        outbox.Send(Bytes("late"));
        outbox.SendAnswer(Bytes("late"));
        outbox.SendMomentary("typing:1", Bytes("late"));
        outbox.Close(CloseCode.InternalError, "late");

        Assert.Equal(["queued"], await _pair.ReadToTheEndAsync());
        Assert.Equal((CloseCode.GoingAway, "Server shuts down"), (_pair.Client.CloseStatus, _pair.Client.CloseStatusDescription));
        await outbox.Closed.WaitAsync(_pair.Patience);
    }

    [Fact]
    public async Task A_peer_for_whom_too_many_frames_wait_is_closed_with_1013_and_told_nothing_further()
    {
        var outbox = await StuckAsync(new SocketOptions { SendQueueFrames = 3 });

        Assert.All([1, 2, 3], n => Assert.True(outbox.Send(Bytes($"{n}"))));
        Assert.False(outbox.Send(Bytes("4")));
        outbox.Send(Bytes("5"));

        Assert.Empty(await RestAsync());
        Assert.Equal((WebSocketCloseStatus)1013, _pair.Client.CloseStatus);
    }

    [Fact]
    public async Task A_peer_for_whom_too_many_bytes_wait_is_closed_with_1013_as_well()
    {
        var outbox = await StuckAsync(new SocketOptions { SendQueueBytes = 1000 });

        Assert.True(outbox.Send(new byte[600]));
        Assert.True(outbox.Send(new byte[600]));
        Assert.False(outbox.Send(new byte[1]));

        Assert.Empty(await RestAsync());
        Assert.Equal((WebSocketCloseStatus)1013, _pair.Client.CloseStatus);
    }

    [Fact]
    public async Task What_was_taken_makes_room()
    {
        var outbox = await StuckAsync(new SocketOptions { SendQueueFrames = 1 });
        outbox.Send(Bytes("1"));
        await _pair.ReadTextAsync();
        Assert.Equal("1", await _pair.ReadTextAsync());

        Assert.True(outbox.Send(Bytes("2")));

        Assert.Equal("2", await _pair.ReadTextAsync());
    }

    [Fact]
    public async Task An_answer_fits_however_much_waits_and_takes_no_room()
    {
        var outbox = await StuckAsync(new SocketOptions { SendQueueFrames = 2 });

        Assert.True(outbox.Send(Bytes("1")));
        Assert.True(outbox.Send(Bytes("2")));
        outbox.SendAnswer(Bytes("answer 1"));
        outbox.SendAnswer(Bytes("answer 2"));
        outbox.Close(WebSocketCloseStatus.NormalClosure, "");

        Assert.Equal(["1", "2", "answer 1", "answer 2"], await RestAsync());
    }

    [Fact]
    public async Task Who_goes_on_asking_for_more_and_reads_nothing_is_closed_with_1013()
    {
        var outbox = await StuckAsync(new SocketOptions { SendQueueBytes = 1000 });

        outbox.SendAnswer(new byte[6000], new byte[6000]);
        outbox.SendAnswer(new byte[999]);
        Assert.True(outbox.Send(Bytes("still open")));
        outbox.SendAnswer(new byte[1]);
        outbox.SendAnswer(Bytes("one answer too many"));

        Assert.Empty(await RestAsync());
        Assert.Equal((WebSocketCloseStatus)1013, _pair.Client.CloseStatus);
    }

    [Fact]
    public async Task What_is_unasked_for_is_bounded_beside_the_answers()
    {
        var outbox = await StuckAsync(new SocketOptions { SendQueueFrames = 1, SendQueueBytes = 1000 });
        outbox.SendAnswer(new byte[5000]);

        Assert.True(outbox.Send(Bytes("1")));
        Assert.False(outbox.Send(Bytes("2")));
    }

    [Fact]
    public async Task A_peer_that_takes_nothing_does_not_hold_up_its_senders_or_the_others()
    {
        var stuck = await StuckAsync(new SocketOptions());
        using var other = await SocketPair.ConnectAsync();
        using var socket = new AcceptedSocket(other.Server, other.Cut);
        var healthy = new SocketOutbox(socket, new SocketOptions(), TimeProvider.System);

        stuck.Send(Bytes("news"));
        healthy.Send(Bytes("news"));

        Assert.Equal("news", await other.ReadTextAsync());
    }

    [Fact]
    public async Task A_peer_that_does_not_even_take_the_closing_is_cut_off()
    {
        var cut = new TaskCompletionSource();
        var options = new SocketOptions { CloseTimeout = TimeSpan.FromMilliseconds(100) };
        var outbox = await StuckAsync(options, () =>
        {
            cut.TrySetResult();
            _pair.Cut();
        });

        outbox.Close(WebSocketCloseStatus.NormalClosure, "");

        await cut.Task.WaitAsync(_pair.Patience);
        await outbox.Closed.WaitAsync(_pair.Patience);
    }

    private static byte[] Bytes(string text) => Encoding.UTF8.GetBytes(text);

    private SocketOutbox Outbox(SocketOptions options, Action? cut = null) =>
        new(new AcceptedSocket(_pair.Server, cut ?? _pair.Cut), options, TimeProvider.System);

    private Task<SocketOutbox> StuckAsync(SocketOptions options, Action? cut = null) => _pair.GetStuckAsync(Outbox(options, cut));

    // All but the frame that the peer was stuck with.
    private async Task<IEnumerable<string>> RestAsync() => (await _pair.ReadToTheEndAsync()).Skip(1);
}
