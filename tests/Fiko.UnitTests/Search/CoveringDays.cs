using Fiko.Infrastructure.Persistence.Search;

namespace Fiko.UnitTests.Search;

public sealed class CoveringDays
{
    private static readonly DateTimeOffset Day = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData(0, 1, "d20260101")]
    [InlineData(0, 24, "d20260101")]
    [InlineData(0, 24 * 31, "m202601")]
    [InlineData(0, 24 * 365, "y2026")]
    [InlineData(-1, 25, "d20251231 d20260101 d20260102")]
    [InlineData(24 * 30, 24 * 60, "d20260131 m202602 d20260301")]
    [InlineData(-24, 24 * 366, "d20251231 y2026 d20270101")]
    [InlineData(24, 24, "d00010101")]
    public void A_range_is_few_years_months_and_days(int from, int until, string expected) =>
        Assert.Equal(expected, string.Join(' ', SqliteDays.Cover(Day.AddHours(from), Day.AddHours(until))));

    [Fact]
    public void Whatever_the_range_no_day_is_missing_and_none_too_much()
    {
        var random = new Random(20261123);
        for (var i = 0; i < 300; i++)
        {
            var from = Day.AddMinutes(random.Next(-2_000_000, 2_000_000));
            var until = from.AddMinutes(random.Next(1, 1_500_000));

            var covered = SqliteDays.Cover(from, until).SelectMany(DaysOf).ToList();

            Assert.Equal(covered.Distinct(), covered);
            Assert.Equal((from.UtcDateTime.Date, until.UtcDateTime.AddTicks(-1).Date), (covered[0], covered[^1]));
            Assert.Equal((covered[^1] - covered[0]).Days + 1, covered.Count);
        }
    }

    [Fact]
    public void An_open_range_is_short_all_the_same()
    {
        Assert.InRange(SqliteDays.Cover(null, Day.AddHours(5000)).Count(), 1, 80);
        Assert.InRange(SqliteDays.Cover(Day.AddHours(5000), null).Count(), 1, 130);
    }

    private static IEnumerable<DateTime> DaysOf(string term)
    {
        var (first, next) = term.Length switch
        {
            5 => (new DateTime(int.Parse(term[1..], null), 1, 1), (Func<DateTime, DateTime>)(d => d.AddYears(1))),
            7 => (new DateTime(int.Parse(term[1..5], null), int.Parse(term[5..], null), 1), d => d.AddMonths(1)),
            _ => (new DateTime(int.Parse(term[1..5], null), int.Parse(term[5..7], null), int.Parse(term[7..], null)), d => d.AddDays(1)),
        };
        for (var day = first; day < next(first); day = day.AddDays(1))
        {
            yield return day;
        }
    }
}
