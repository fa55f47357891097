using System.Globalization;
using System.Text;

namespace Fiko.Application.Attachments;

/// <summary>A file's name as its owner gave it, without what could lead astray whoever reads or saves it.</summary>
public static class FileName
{
    public const int Longest = 255;

    /// <summary>No path, no control characters, nothing that turns the reading direction around; never empty.</summary>
    public static string Clean(string? name)
    {
        var clean = new StringBuilder();
        foreach (var rune in (name ?? "")[((name ?? "").LastIndexOfAny(['/', '\\']) + 1)..].EnumerateRunes())
        {
            if (!IsAstray(rune))
            {
                clean.Append(rune.ToString());
            }
        }

        var kept = clean.ToString().Trim();
        return kept.Trim('.').Length == 0 ? "file" : Shorten(kept);
    }

    // Joiners stay: without them Persian is misspelt.
    private static bool IsAstray(Rune rune) =>
        Rune.GetUnicodeCategory(rune) is UnicodeCategory.Control or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator
        || rune.Value is >= 0x202A and <= 0x202E or >= 0x2066 and <= 0x2069;

    // The ending says what opens it, so it is kept.
    private static string Shorten(string name)
    {
        if (name.Length <= Longest)
        {
            return name;
        }

        var ending = Path.GetExtension(name) is { Length: <= 16 } found ? found : "";
        var room = Longest - ending.Length;
        return name[..(char.IsHighSurrogate(name[room - 1]) ? room - 1 : room)] + ending;
    }
}
