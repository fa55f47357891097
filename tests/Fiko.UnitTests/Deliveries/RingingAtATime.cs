using Fiko.Infrastructure.Deliveries;
using Microsoft.Extensions.Time.Testing;

namespace Fiko.UnitTests.Deliveries;

public sealed class RingingAtATime : IDisposable
{
    private static readonly DateTimeOffset Noon = new(2030, 1, 2, 12, 0, 0, TimeSpan.Zero);

    // An alarm is set a millisecond late, so that a timer that fires early does not ring twice.
    private static readonly TimeSpan Tolerance = TimeSpan.FromMilliseconds(1);

    private readonly FakeTimeProvider _time = new(Noon);
    private readonly List<string> _rung = [];
    private readonly Alarms<string> _alarms;

    public RingingAtATime() => _alarms = new(_time, _rung.Add);

    public void Dispose() => _alarms.Dispose();

    [Fact]
    public void An_alarm_rings_at_its_time_and_not_before()
    {
        _alarms.Set("tea", Noon.AddSeconds(5));

        _time.Advance(TimeSpan.FromSeconds(4.999));
        Assert.Empty(_rung);

        _time.Advance(TimeSpan.FromMilliseconds(1) + Tolerance);
        Assert.Equal(["tea"], _rung);
    }

    [Fact]
    public void It_rings_once()
    {
        _alarms.Set("tea", Noon.AddSeconds(5));

        _time.Advance(TimeSpan.FromSeconds(6));
        _time.Advance(TimeSpan.FromHours(1));

        Assert.Equal(["tea"], _rung);
    }

    [Fact]
    public void Alarms_ring_in_the_order_of_their_times_however_they_were_set()
    {
        _alarms.Set("third", Noon.AddSeconds(3));
        _alarms.Set("first", Noon.AddSeconds(1));
        _alarms.Set("second", Noon.AddSeconds(2));

        _time.Advance(TimeSpan.FromSeconds(1) + Tolerance);
        Assert.Equal(["first"], _rung);

        _time.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(["first", "second"], _rung);

        _time.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(["first", "second", "third"], _rung);
    }

    [Fact]
    public void Several_alarms_of_one_time_all_ring()
    {
        _alarms.Set("a", Noon.AddSeconds(1));
        _alarms.Set("b", Noon.AddSeconds(1));
        _alarms.Set("a", Noon.AddSeconds(1));

        _time.Advance(TimeSpan.FromSeconds(1) + Tolerance);

        Assert.Equal(["a", "a", "b"], _rung.Order());
    }

    [Fact]
    public void What_should_have_rung_already_rings_now()
    {
        _alarms.Set("late", Noon.AddSeconds(-1));

        _time.Advance(TimeSpan.Zero);

        Assert.Equal(["late"], _rung);
    }

    [Fact]
    public void An_alarm_may_be_set_again_when_it_rings()
    {
        Alarms<int>? alarms = null;
        var rung = new List<int>();
        using var again = alarms = new Alarms<int>(_time, n =>
        {
            rung.Add(n);
            alarms!.Set(n + 1, _time.GetUtcNow().AddSeconds(1));
        });
        again.Set(1, Noon.AddSeconds(1));

        _time.Advance(TimeSpan.FromSeconds(1) + Tolerance);
        _time.Advance(TimeSpan.FromSeconds(1) + Tolerance);

        Assert.Equal([1, 2], rung);
    }
}
