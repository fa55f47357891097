using System.Globalization;
using System.Text;

namespace Fiko.Infrastructure.Channels;

/// <summary>How long a platform counts a piece of text. Must add up: two pieces are together as long as each alone.</summary>
internal delegate int TextMeasure(ReadOnlySpan<char> text);

/// <summary>
/// Cuts a text that is too long for a platform: at the last blank line that fits, else at a line break, else at white space,
/// else between two characters as a reader sees them (channels.md, 1.7).
/// </summary>
internal static class TextSplitter
{
    public static int Utf16Units(ReadOnlySpan<char> text) => text.Length;

    public static int Utf8Bytes(ReadOnlySpan<char> text) => Encoding.UTF8.GetByteCount(text);

    public static IReadOnlyList<string> Split(string text, int limit, TextMeasure measure)
    {
        if (measure(text) <= limit)
        {
            return text.Length == 0 ? [] : [text];
        }

        var parts = new List<string>();
        var rest = SkipWhiteSpace(text);
        while (rest.Length > 0)
        {
            var end = measure(rest.TrimEnd()) <= limit ? rest.Length : NextCut(rest, limit, measure);
            parts.Add(rest[..end].TrimEnd().ToString());
            rest = SkipWhiteSpace(rest[end..]);
        }

        // Only white space: the platform shall say what it thinks of it, a message with no part at all would never end.
        return parts.Count > 0 ? parts : [text[..ByRunes(text, limit, measure)]];
    }

    // What stands at the beginning is not white space, so that every cut found lies behind something to send.
    private static int NextCut(ReadOnlySpan<char> rest, int limit, TextMeasure measure)
    {
        var (blankLine, lineBreak, space) = (0, 0, 0);
        int? breakBefore = null;
        var (at, length) = (0, 0);
        while (at < rest.Length)
        {
            var element = rest.Slice(at, StringInfo.GetNextTextElementLength(rest[at..]));
            if (IsLineBreak(element))
            {
                lineBreak = at;
                blankLine = breakBefore ?? blankLine;
                breakBefore ??= at;
            }
            else if (IsBreakingSpace(element))
            {
                space = at;
            }
            else
            {
                breakBefore = null;
            }

            length += measure(element);
            if (length > limit)
            {
                break;
            }

            at += element.Length;
        }

        return blankLine > 0 ? blankLine
            : lineBreak > 0 ? lineBreak
            : space > 0 ? space
            : at > 0 ? at
            : ByRunes(rest, limit, measure);
    }

    // A single character of a reader's (a letter under a heap of marks) that is longer than the limit can only be broken up.
    private static int ByRunes(ReadOnlySpan<char> text, int limit, TextMeasure measure)
    {
        var (at, length) = (0, 0);
        while (at < text.Length)
        {
            Rune.DecodeFromUtf16(text[at..], out _, out var units);
            length += measure(text.Slice(at, units));
            if (length > limit && at > 0)
            {
                break;
            }

            at += units;
        }

        return at;
    }

    private static ReadOnlySpan<char> SkipWhiteSpace(ReadOnlySpan<char> text)
    {
        // By whole elements: a mark that sits on a space keeps its seat.
        while (text.Length > 0)
        {
            var length = StringInfo.GetNextTextElementLength(text);
            if (!text[..length].IsWhiteSpace())
            {
                break;
            }

            text = text[length..];
        }

        return text;
    }

    private static bool IsLineBreak(ReadOnlySpan<char> element) => element is "\n" or "\r\n" or "\r" or "\u2028" or "\u2029" or "\u0085";

    // The non-breaking spaces say that nobody may cut there.
    private static bool IsBreakingSpace(ReadOnlySpan<char> element) =>
        element.IsWhiteSpace() && element.IndexOfAny('\u00A0', '\u202F', '\u2007') < 0;
}
