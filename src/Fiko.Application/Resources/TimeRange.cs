using System.Globalization;
using Fiko.Domain.Shared;

namespace Fiko.Application.Resources;

/// <summary>From a moment on, and until another one: each may be open.</summary>
/// <param name="Until">The first moment that is too late.</param>
public readonly record struct TimeRange(DateTimeOffset? From, DateTimeOffset? Until)
{
    /// <param name="from">A date (<c>2026-11-23</c>), its beginning, or a time as <see cref="WireTime"/> reads it.</param>
    /// <param name="to">A date, all of it, or a time, which still belongs to the range.</param>
    /// <param name="zone">Where a date begins and ends.</param>
    /// <exception cref="RuleBrokenException">One of them is neither, or they are the wrong way round: 400.</exception>
    public static TimeRange Read(string? from, string? to, TimeZoneInfo? zone = null)
    {
        zone ??= TimeZoneInfo.Utc;
        var begins = ReadDay(from) is { } first ? BeginOf(first, zone) : ReadTime(from, "from");
        var ends = ReadDay(to) is { } last ? BeginOf(last.AddDays(1), zone) : ReadTime(to, "to")?.AddMilliseconds(1);
        return begins is null || ends is null || begins < ends ? new TimeRange(begins, ends) : throw Invalid("from");
    }

    /// <summary>The first moment of a day, also where a clock is put forward at midnight.</summary>
    public static DateTimeOffset BeginOf(DateOnly day, TimeZoneInfo zone)
    {
        var local = day.ToDateTime(TimeOnly.MinValue);
        while (zone.IsInvalidTime(local))
        {
            local = local.AddMinutes(15);
        }

        var offset = zone.IsAmbiguousTime(local) ? zone.GetAmbiguousTimeOffsets(local).Max() : zone.GetUtcOffset(local);
        return new DateTimeOffset(local, offset).ToUniversalTime();
    }

    private static DateOnly? ReadDay(string? text) =>
        DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) && day.Year is > 1900 and < 9000 ? day : null;

    private static DateTimeOffset? ReadTime(string? text, string field) =>
        text is null ? null : WireTime.TryRead(text, end: false, out var time) && time.Year is > 1900 and < 9000 ? time : throw Invalid(field);

    private static RuleBrokenException Invalid(string field) => new("invalid_field", $"Invalid value for field '{field}'", field);
}
