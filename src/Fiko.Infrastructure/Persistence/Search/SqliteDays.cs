namespace Fiko.Infrastructure.Persistence.Search;

/// <summary>A range of time as few whole years, months and days: together they hold all of it, and at most a day too much at each end.</summary>
internal static class SqliteDays
{
    // Nothing was said before this server's platforms existed, nor will be said long after now.
    private static readonly DateTime First = new(2000, 1, 1);
    private static readonly DateTime Last = new(2100, 1, 1);

    public static IEnumerable<string> Cover(DateTimeOffset? from, DateTimeOffset? until)
    {
        var day = Within(from?.UtcDateTime.Date ?? First);
        var end = until is { } last ? Within(last.UtcDateTime.AddTicks(-1).Date.AddDays(1)) : Last;
        if (day >= end)
        {
            // A range that holds nothing asks for a day that nothing has.
            yield return SqliteTerms.Day(DateTime.MinValue);
        }

        while (day < end)
        {
            if (day is { Day: 1, Month: 1 } && day.AddYears(1) <= end)
            {
                yield return SqliteTerms.Year(day);
                day = day.AddYears(1);
            }
            else if (day.Day == 1 && day.AddMonths(1) <= end)
            {
                yield return SqliteTerms.Month(day);
                day = day.AddMonths(1);
            }
            else
            {
                yield return SqliteTerms.Day(day);
                day = day.AddDays(1);
            }
        }
    }

    private static DateTime Within(DateTime day) => day < First ? First : day > Last ? Last : day;
}
