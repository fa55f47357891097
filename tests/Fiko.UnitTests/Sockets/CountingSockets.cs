using Fiko.WebApi.Sockets;
using Microsoft.Extensions.Time.Testing;

namespace Fiko.UnitTests.Sockets;

public sealed class CountingSockets
{
    private readonly FakeTimeProvider _clock = new();

    [Fact]
    public void Those_who_have_proved_nothing_are_bounded()
    {
        var places = new SocketPlaces(new SocketOptions { MaxHandshakes = 2 }, _clock);
        using var first = places.TryBegin();
        using var second = places.TryBegin();

        Assert.Null(places.TryBegin());
        second!.Dispose();
        second.Dispose();

        Assert.NotNull(places.TryBegin());
        Assert.Null(places.TryBegin());
        Assert.Equal((2, 0), (places.Tidy(), places.Tidy()));
    }

    [Fact]
    public void Sockets_and_handshakes_share_the_room_of_all()
    {
        var places = new SocketPlaces(new SocketOptions { MaxOpen = 2 }, _clock);
        using var socket = places.TryTake(agentId: 1);
        using var handshake = places.TryBegin();

        Assert.Null(places.TryBegin());
        socket!.Dispose();

        Assert.NotNull(places.TryBegin());
    }

    [Fact]
    public void A_user_who_left_is_forgotten_when_nothing_is_left_to_remember()
    {
        var places = new SocketPlaces(new SocketOptions { UserFramesPerSecond = 1, UserFrameBurst = 1 }, _clock);
        var place = places.TryTake(agentId: 1)!;
        var allowance = place.Allowance;
        Assert.True(allowance.TryTake());
        place.Dispose();

        places.Tidy();
        Assert.Same(allowance, places.TryTake(agentId: 1)!.Allowance);
        Assert.False(allowance.TryTake());
    }

    [Fact]
    public async Task An_allowance_is_never_overdrawn_by_many_at_once()
    {
        var allowance = new FrameAllowance(perSecond: 100, burst: 200, _clock);

        var taken = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(() => Enumerable.Range(0, 100).Count(_ => allowance.TryTake()))));

        Assert.Equal(200, taken.Sum());
        _clock.Advance(TimeSpan.FromSeconds(2));
        Assert.True(allowance.IsFull);
    }
}
