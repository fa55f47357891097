using System.Globalization;

namespace Fiko.Application.Resources;

/// <summary>A time in a filter: ISO 8601, or a day alone, which means all of it. Without an offset it is UTC.</summary>
public static class WireTime
{
    private static readonly string[] Forms = ["yyyy-MM-dd'T'HH:mm:ssK", "yyyy-MM-dd'T'HH:mm:ss.FFFFFFFK", "yyyy-MM-dd'T'HH:mmK"];

    /// <param name="text">As the client wrote it.</param>
    /// <param name="end">Whether a day alone means its end.</param>
    /// <param name="time">What it says.</param>
    public static bool TryRead(string? text, bool end, out DateTimeOffset time)
    {
        const DateTimeStyles Utc = DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal;
        if (DateTimeOffset.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, Utc, out time))
        {
            time = end && time < DateTimeOffset.MaxValue.AddDays(-1) ? time.AddDays(1).AddMilliseconds(-1) : time;
            return true;
        }

        // The plus sign of an offset that was not escaped in a URL comes as a blank.
        return DateTimeOffset.TryParseExact(text?.Replace(' ', '+'), Forms, CultureInfo.InvariantCulture, Utc, out time);
    }

    public static bool IsNoneOrTime(string? text) => text is null || TryRead(text, end: false, out _);
}
