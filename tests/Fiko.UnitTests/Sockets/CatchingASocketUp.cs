using System.Globalization;
using System.Net.WebSockets;
using Fiko.Application.Realtime;
using Fiko.WebApi.Sockets;

namespace Fiko.UnitTests.Sockets;

public sealed class CatchingASocketUp : IAsyncLifetime
{
    private static readonly string LongText = new('x', 64 * 1024);

    private readonly Replays _replays = new();
    private int _head = 200;
    private int _pages;
    private SocketPair _pair = null!;
    private LiveStream _live = null!;

    public async ValueTask InitializeAsync()
    {
        _pair = await SocketPair.ConnectAsync();
        _live = new LiveStream(new SocketOutbox(new AcceptedSocket(_pair.Server, _pair.Cut), new SocketOptions(), TimeProvider.System), mostHeld: 4);
    }

    public ValueTask DisposeAsync()
    {
        _pair.Dispose();
        _replays.Dispose();
        return ValueTask.CompletedTask;
    }

    /// <summary>A replay was once made as a whole: two hundred slow readers who came back together took gigabytes.</summary>
    [Fact]
    public async Task The_next_page_is_not_read_before_the_peer_took_the_last_one()
    {
        var catching = _replays.CatchUpAsync(_live, "0", ReadAsync, _pair.Patience);
        await _pair.Client.ReceiveAsync(new byte[1], _pair.Patience);

        Assert.Equal(1, _pages);
        Assert.False(catching.IsCompleted);

        var reading = _pair.ReadToTheEndAsync();
        await catching;
        await HangUpAsync(reading);
        Assert.True(_pages > 2);
    }

    [Fact]
    public async Task What_happens_while_the_peer_reads_comes_once_and_in_order_however_much_it_is()
    {
        var catching = _replays.CatchUpAsync(_live, "0", ReadAsync, _pair.Patience);
        await _pair.Client.ReceiveAsync(new byte[1], _pair.Patience);
        for (var n = 0; n < 50; n++)
        {
            Happen();
        }

        var reading = _pair.ReadToTheEndAsync();
        await catching;
        Happen();
        var heard = await HangUpAsync(reading);

        Assert.Equal(Enumerable.Range(1, 251).Select(n => $"\"cursor\":\"{n}\""), heard.Skip(1).Select(f => f[f.IndexOf("\"cursor\"", StringComparison.Ordinal)..].Split(',', '}')[0]));
    }

    [Fact]
    public async Task Who_falls_behind_further_than_can_be_resumed_is_closed_with_1013()
    {
        var reading = _pair.ReadToTheEndAsync();
        await _replays.CatchUpAsync(_live, "0", async (cursor, count) => _pages == 0 ? await ReadAsync(cursor, count) : NotRecovered(), _pair.Patience);

        await reading;
        Assert.Equal(CloseCode.TryAgainLater, _pair.Client.CloseStatus);
    }

    private static Resumed NotRecovered() => new(new ResumedFrame(false, "1"), [], Position: 0);

    private static Told FrameOf(long position) => new(position.ToString(CultureInfo.InvariantCulture), LongText);

    private void Happen()
    {
        _head++;
        _live.Offer(_head, Infrastructure.Realtime.Wire.Encode(FrameOf(_head)));
    }

    private Task<Resumed> ReadAsync(string cursor, int count)
    {
        Interlocked.Increment(ref _pages);
        var seen = int.Parse(cursor, CultureInfo.InvariantCulture);
        var page = Enumerable.Range(seen + 1, Math.Min(count, _head - seen)).Select(p => FrameOf(p)).ToArray();
        var next = page.Length == count ? page[^1].Cursor : null;
        return Task.FromResult(new Resumed(new ResumedFrame(true, cursor), page, next is null ? _head : seen + count, next));
    }

    private async Task<IReadOnlyList<string>> HangUpAsync(Task<IReadOnlyList<string>> reading)
    {
        _live.Outbox.Close(WebSocketCloseStatus.NormalClosure, "");
        return await reading;
    }

    private sealed record Told(string Cursor, string Text) : DurableFrame("message_deleted", Cursor);
}
