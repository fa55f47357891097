using System.Globalization;

namespace Fiko.Domain.Conversations;

internal static class WireId
{
    public static string Write(string prefix, long value) => string.Create(CultureInfo.InvariantCulture, $"{prefix}{value}");

    // Only the form that Write makes is accepted, so that one thing has one name: no sign, no blanks, no leading zero.
    public static bool TryRead(string? text, string prefix, out long value)
    {
        value = 0;
        return text is not null
            && text.StartsWith(prefix, StringComparison.Ordinal)
            && text.Length > prefix.Length
            && text[prefix.Length] is >= '1' and <= '9'
            && long.TryParse(text.AsSpan(prefix.Length), NumberStyles.None, CultureInfo.InvariantCulture, out value);
    }
}
