using System.Globalization;
using Fiko.Domain.Shared;

namespace Fiko.Application.Realtime;

/// <summary>A place in a workspace's log, as clients keep it: opaque to them, and worthless elsewhere.</summary>
public static class Cursor
{
    /// <summary>The place before everything, in words.</summary>
    public const string Beginning = "beginning";

    public static string Write(string logStamp, long position) => string.Create(CultureInfo.InvariantCulture, $"{logStamp}.{position:x}");

    /// <returns>False where the text is no cursor of this log.</returns>
    public static bool TryRead(string text, string logStamp, out long position)
    {
        position = 0;
        return text.Length > logStamp.Length + 1
            && text.StartsWith(logStamp, StringComparison.Ordinal)
            && text[logStamp.Length] == '.'
            && long.TryParse(text.AsSpan(logStamp.Length + 1), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out position)
            && position >= 0;
    }

    /// <summary>The place that a program names in its request's field <c>after</c>.</summary>
    /// <exception cref="RuleBrokenException">It is of another log, or lies ahead of this one.</exception>
    public static long ReadAfter(string after, LogHead head) =>
        after == Beginning ? 0
        : TryRead(after, head.Stamp, out var position) && position <= head.Position ? position
        : throw new RuleBrokenException("invalid_field", "There is no such place in this workspace's log", "after");
}
