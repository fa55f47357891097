using System.Globalization;
using System.Text;

namespace Fiko.Application.Search;

/// <summary>
/// What a character is searched as. The letters of <c>Letters.txt</c> stand for others; this server runs without a culture's rules, so
/// that the same text is the same words on every machine.
/// </summary>
internal static class Letters
{
    /// <summary>Between words.</summary>
    public const string Gap = " ";

    /// <summary>A half-space: between words, or nothing.</summary>
    public const string HalfSpace = "\u200C";

    /// <summary>Part of a word, but not of how it is searched: a diacritic, a tatweel, a mark of direction.</summary>
    public const string Nothing = "";

    private const int ZeroWidthSpace = 0x200B;
    private const int ZeroWidthNonJoiner = 0x200C;
    private const int Tatweel = 0x0640;

    private static readonly Dictionary<Rune, string> Table = Read();
    private static readonly string?[] Known = new string?[0x800];

    public static string Fold(Rune rune)
    {
        if (rune.Value >= Known.Length)
        {
            return Find(rune);
        }

        return Known[rune.Value] ??= Find(rune);
    }

    /// <summary>Signs that are a word by themselves: emoji above all.</summary>
    public static bool IsSign(Rune rune) => rune.Value is > 0xA0 and not (0xFFFC or 0xFFFD) && Rune.GetUnicodeCategory(rune) is UnicodeCategory.OtherSymbol && !Table.ContainsKey(rune);

    private static string Find(Rune rune)
    {
        if (rune.Value is ZeroWidthNonJoiner or ZeroWidthSpace)
        {
            return HalfSpace;
        }

        if (rune.Value is Tatweel)
        {
            return Nothing;
        }

        switch (Rune.GetUnicodeCategory(rune))
        {
            case UnicodeCategory.NonSpacingMark or UnicodeCategory.EnclosingMark or UnicodeCategory.Format:
                return Nothing;
            case UnicodeCategory.DecimalDigitNumber:
                return ((int)Rune.GetNumericValue(rune)).ToString(CultureInfo.InvariantCulture);
            case UnicodeCategory.ModifierSymbol when rune.Value >= 0x10000:
                return Nothing;
        }

        var lower = Rune.ToLowerInvariant(rune);
        if (Table.TryGetValue(lower, out var folded))
        {
            return folded;
        }

        return Rune.IsLetterOrDigit(lower) || Rune.IsNumber(lower) || Rune.GetUnicodeCategory(lower) is UnicodeCategory.SpacingCombiningMark || IsSign(rune)
            ? lower.ToString()
            : Gap;
    }

    private static Dictionary<Rune, string> Read()
    {
        using var lines = new StreamReader(typeof(Letters).Assembly.GetManifestResourceStream("Fiko.Application.Search.Letters.txt")!, Encoding.UTF8);
        var table = new Dictionary<Rune, string>();
        while (lines.ReadLine() is { } line)
        {
            if (line.Split(' ') is [{ Length: > 0 } folded, var letters] && folded != "#")
            {
                foreach (var letter in letters.EnumerateRunes())
                {
                    table.Add(letter, folded);
                }
            }
        }

        return table;
    }
}
