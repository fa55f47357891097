using System.Net.WebSockets;
using System.Text;
using Fiko.WebApi.Sockets;

namespace Fiko.UnitTests.Sockets;

public sealed class QueueingFramesOfTheMoment : IAsyncLifetime
{
    private SocketPair _pair = null!;
    private SocketOutbox _outbox = null!;

    public async ValueTask InitializeAsync()
    {
        _pair = await SocketPair.ConnectAsync();
        var options = new SocketOptions { SendQueueFrames = 4 };
        _outbox = await _pair.GetStuckAsync(new SocketOutbox(new AcceptedSocket(_pair.Server, _pair.Cut), options, TimeProvider.System));
    }

    public ValueTask DisposeAsync()
    {
        _pair.Dispose();
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task They_keep_their_place_while_there_is_room()
    {
        Momentary("typing:1", "Sara types");
        Lasting("message");

        Assert.Equal(["Sara types", "message"], await ReadAsync());
    }

    [Fact]
    public async Task They_are_dropped_when_half_of_the_room_is_taken()
    {
        Lasting("1", "2");
        Momentary("typing:1", "Sara types");
        Lasting("3", "4");

        Assert.Equal(["1", "2", "3", "4"], await ReadAsync());
    }

    [Fact]
    public async Task The_newest_of_a_key_takes_the_place_of_one_that_still_waits()
    {
        Momentary("typing:1", "Sara types");
        Momentary("typing:2", "Reza types");
        Momentary("typing:1", "Sara stopped");

        Assert.Equal(["Sara stopped", "Reza types"], await ReadAsync());
    }

    [Fact]
    public async Task The_newest_of_a_key_is_heard_last_where_several_wait()
    {
        Momentary("typing:1", "Sara types");
        Momentary("typing:1", "Sara stopped");
        Momentary("typing:1", "Sara types again");

        Assert.Equal("Sara types again", (await ReadAsync())[^1]);
    }

    [Fact]
    public async Task They_make_room_before_a_peer_counts_as_too_slow()
    {
        Momentary("typing:1", "Sara types");
        Momentary("typing:2", "Reza types");
        Lasting("1", "2", "3", "4");

        Assert.Equal(["1", "2", "3", "4"], await ReadAsync());
    }

    private void Momentary(string key, string text) => _outbox.SendMomentary(key, Encoding.UTF8.GetBytes(text));

    private void Lasting(params string[] texts) => Assert.All(texts, t => Assert.True(_outbox.Send(Encoding.UTF8.GetBytes(t))));

    private async Task<string[]> ReadAsync()
    {
        _outbox.Close(WebSocketCloseStatus.NormalClosure, "");
        return [.. (await _pair.ReadToTheEndAsync()).Skip(1)];
    }
}
