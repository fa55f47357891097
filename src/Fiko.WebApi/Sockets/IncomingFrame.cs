using System.Text.Json;

namespace Fiko.WebApi.Sockets;

/// <summary>A frame as far as it is the same for all types. Whatever a client sends ends as one of these or a <see cref="BadFrameException"/>.</summary>
internal static class IncomingFrame
{
    public static JsonDocument Parse(ReadOnlyMemory<byte> frame)
    {
        try
        {
            var document = JsonDocument.Parse(frame);
            if (document.RootElement.ValueKind is JsonValueKind.Object && HasReadableNames(frame.Span))
            {
                return document;
            }

            document.Dispose();
        }
        catch (JsonException)
        {
            // Its message would quote what was sent; ours says all there is to say.
        }

        throw BadFrameException.InvalidJson();
    }

    // Half a surrogate pair in an escape, as in Text below: whoever looks for a name among such ones is thrown out. Without escapes there is none.
    private static bool HasReadableNames(ReadOnlySpan<byte> frame)
    {
        if (frame.IndexOf("\\u"u8) < 0)
        {
            return true;
        }

        var reader = new Utf8JsonReader(frame);
        try
        {
            while (reader.Read())
            {
                if (reader is { TokenType: JsonTokenType.PropertyName, ValueIsEscaped: true })
                {
                    reader.GetString();
                }
            }

            return true;
        }
        catch (InvalidOperationException)
        {
            return false;
        }
    }

    /// <summary>Null where it is missing or is no readable string.</summary>
    public static string? Text(this JsonElement frame, string field)
    {
        return frame.TryGetProperty(field, out var value) && value.ValueKind is JsonValueKind.String ? value.ReadableText() : null;
    }

    /// <summary>What a string says; null where it is no readable one.</summary>
    public static string? ReadableText(this JsonElement text)
    {
        try
        {
            return text.GetString();
        }
        catch (InvalidOperationException)
        {
            // Half a surrogate pair in an escape: JSON allows it, no text holds it.
            return null;
        }
    }
}
