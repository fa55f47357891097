using System.Globalization;

namespace Fiko.Application.Realtime;

/// <summary>A place in a workspace's log, as clients keep it: opaque to them, and worthless elsewhere.</summary>
public static class Cursor
{
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
}
