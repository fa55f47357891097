using System.Net.WebSockets;
using System.Text;
using Fiko.WebApi.Sockets;

namespace Fiko.UnitTests.Sockets;

public sealed class JoiningTheLiveFrames : IAsyncLifetime
{
    private const int MostHeld = 4;

    private SocketPair _pair = null!;
    private SocketOutbox _outbox = null!;
    private LiveStream _live = null!;

    public async ValueTask InitializeAsync()
    {
        _pair = await SocketPair.ConnectAsync();
        _outbox = new SocketOutbox(new AcceptedSocket(_pair.Server, _pair.Cut), new SocketOptions(), TimeProvider.System);
        _live = new LiveStream(_outbox, MostHeld);
    }

    public ValueTask DisposeAsync()
    {
        _pair.Dispose();
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task What_comes_before_the_first_snapshot_waits_for_it()
    {
        Offer(6, 7);
        Release(at: 5);
        Offer(8);

        Assert.Equal(["snapshot", "6", "7", "8"], await HeardAsync());
    }

    [Fact]
    public async Task What_the_snapshot_shows_does_not_follow_it()
    {
        Offer(4, 5, 6);
        Release(at: 5);
        Offer(5, 7);

        Assert.Equal(["snapshot", "6", "7"], await HeardAsync());
    }

    [Fact]
    public async Task What_was_heard_is_not_heard_again()
    {
        _live.Release();
        Offer(1, 2, 2, 1, 3);

        Assert.Equal(["1", "2", "3"], await HeardAsync());
    }

    [Fact]
    public async Task A_later_snapshot_takes_its_place_among_the_live_frames()
    {
        _live.Release();
        Offer(1);
        _live.Hold();
        Offer(2, 3);
        Release(at: 2);
        Offer(4);

        Assert.Equal(["1", "snapshot", "3", "4"], await HeardAsync());
    }

    [Fact]
    public async Task What_led_to_the_snapshot_goes_out_before_it_also_where_it_comes_late()
    {
        _live.Release();
        _live.Hold();
        Offer(1, 2);
        _live.PassUntil(4);
        Offer(3, 4, 5);
        Release(at: 4);

        Assert.Equal(["1", "2", "3", "4", "snapshot", "5"], await HeardAsync());
    }

    [Fact]
    public async Task What_is_beyond_the_snapshot_is_still_held_back()
    {
        Offer(1, 2, 3);
        _live.PassUntil(2);
        Release(at: 2);

        Assert.Equal(["1", "2", "snapshot", "3"], await HeardAsync());
    }

    [Fact]
    public async Task The_next_snapshot_lets_nothing_pass_by_itself()
    {
        _live.PassUntil(9);
        Release(at: 1);
        _live.Hold();
        Offer(2);
        Release(at: 1);

        Assert.Equal(["snapshot", "snapshot", "2"], await HeardAsync());
    }

    [Fact]
    public async Task Where_there_is_no_snapshot_after_all_nothing_is_lost()
    {
        _live.Release();
        _live.Hold();
        Offer(1, 2);
        _live.Release();

        Assert.Equal(["1", "2"], await HeardAsync());
    }

    [Fact]
    public async Task An_older_snapshot_does_not_bring_back_what_was_heard()
    {
        _live.Release();
        Offer(1, 2, 3);
        _live.Hold();
        Release(at: 1);
        Offer(2, 4);

        Assert.Equal(["1", "2", "3", "snapshot", "4"], await HeardAsync());
    }

    [Fact]
    public async Task When_more_comes_than_can_be_held_the_socket_is_closed_with_1013()
    {
        Offer(1, 2, 3, 4);
        Offer(5);

        Assert.Empty(await _pair.ReadToTheEndAsync());
        Assert.Equal((WebSocketCloseStatus)1013, _pair.Client.CloseStatus);
    }

    private void Offer(params long[] positions) => Array.ForEach(positions, p => _live.Offer(p, Encoding.UTF8.GetBytes($"{p}")));

    private void Release(long at) => _live.Release(at, [Encoding.UTF8.GetBytes("snapshot")]);

    private async Task<IReadOnlyList<string>> HeardAsync()
    {
        _outbox.Close(WebSocketCloseStatus.NormalClosure, "");
        return await _pair.ReadToTheEndAsync();
    }
}
