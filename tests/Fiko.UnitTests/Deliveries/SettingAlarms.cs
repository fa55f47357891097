using Fiko.Infrastructure.Deliveries;
using Microsoft.Extensions.Time.Testing;

namespace Fiko.UnitTests.Deliveries;

public sealed class SettingAlarms
{
    private readonly FakeTimeProvider _time = new();
    private readonly List<string> _rung = [];

    [Fact]
    public void Each_rings_at_its_time_whatever_the_order_they_were_set_in()
    {
        using var alarms = new Alarms<string>(_time, _rung.Add);
        Set(alarms, "second", TimeSpan.FromSeconds(2));
        Set(alarms, "first", TimeSpan.FromSeconds(1));

        _time.Advance(TimeSpan.FromSeconds(1.1));
        var early = _rung.ToArray();
        _time.Advance(TimeSpan.FromSeconds(1));

        Assert.Equal(["first"], early);
        Assert.Equal(["first", "second"], _rung);
    }

    [Fact]
    public void One_that_is_overdue_rings_at_once()
    {
        using var alarms = new Alarms<string>(_time, _rung.Add);

        Set(alarms, "overdue", TimeSpan.FromHours(-1));
        _time.Advance(TimeSpan.FromMilliseconds(1));

        Assert.Equal(["overdue"], _rung);
    }

    // A platform may ask for any pause. The clock of the tests minds no length; the machine's throws, in the timer's own callback too.
    [Fact]
    public void One_that_is_further_away_than_a_timer_reaches_breaks_nothing()
    {
        using var machine = new Alarms<string>(TimeProvider.System, _rung.Add);

        var thrown = Record.Exception(() => machine.Set("far", TimeProvider.System.GetUtcNow().AddYears(60)));

        Assert.Null(thrown);
    }

    [Fact]
    public void One_that_is_far_away_rings_in_the_end()
    {
        using var alarms = new Alarms<string>(_time, _rung.Add);
        Set(alarms, "far", TimeSpan.FromDays(100));

        for (var day = 0; day < 99; day++)
        {
            _time.Advance(TimeSpan.FromDays(1));
        }

        Assert.Empty(_rung);
        _time.Advance(TimeSpan.FromDays(2));
        Assert.Equal(["far"], _rung);
    }

    private void Set(Alarms<string> alarms, string what, TimeSpan after) => alarms.Set(what, _time.GetUtcNow() + after);
}
