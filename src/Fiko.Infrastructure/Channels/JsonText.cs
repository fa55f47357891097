using System.Globalization;
using System.Text;
using System.Text.Json;

namespace Fiko.Infrastructure.Channels;

/// <summary>Reads JSON that others wrote: whatever the text is, the answer is a document or null, and every string in it can be read.</summary>
internal static class JsonText
{
    private const string Replacement = "\\uFFFD";

    private static readonly JsonDocumentOptions Lenient = new() { MaxDepth = 512, CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true };

    public static JsonDocument? TryParse(string body)
    {
        try
        {
            // The encoder replaces half characters that stand in the text itself; Mend does it to the escaped ones.
            return JsonDocument.Parse(Encoding.UTF8.GetBytes(Mend(body.TrimStart('\uFEFF'))), Lenient);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    // A lone \ud83d is legal JSON, but no string can hold it: reading it would throw in the middle of a good message.
    private static string Mend(string body)
    {
        if (!body.Contains("\\ud", StringComparison.OrdinalIgnoreCase))
        {
            return body;
        }

        var mended = body.ToCharArray();
        for (var i = 0; i < body.Length - 1; i++)
        {
            if (body[i] is not '\\')
            {
                continue;
            }

            var unit = Escaped(body, i);
            if (unit is { } high && char.IsHighSurrogate(high) && Escaped(body, i + 6) is { } low && char.IsLowSurrogate(low))
            {
                i += 11;
            }
            else if (unit is { } lone && char.IsSurrogate(lone))
            {
                Replacement.CopyTo(mended.AsSpan(i));
                i += 5;
            }
            else
            {
                // Whatever is escaped, its next character is no beginning of another escape.
                i++;
            }
        }

        return new string(mended);
    }

    private static char? Escaped(string text, int at) =>
        at + 6 <= text.Length && text[at] is '\\' && text[at + 1] is 'u'
        && ushort.TryParse(text.AsSpan(at + 2, 4), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var unit)
            ? (char)unit
            : null;
}
