namespace Fiko.Infrastructure.Channels;

/// <summary>Text that others wrote, made fit to be kept.</summary>
internal static class PlainText
{
    /// <summary>Cuts between characters, never inside a surrogate pair. No null character either: databases end a text there.</summary>
    public static string Cut(string text, int longest)
    {
        var cut = text.Length <= longest ? text : text[..(char.IsHighSurrogate(text[longest - 1]) ? longest - 1 : longest)];
        return cut.Replace('\0', '\uFFFD');
    }

    /// <summary>The same without white space around it; null where nothing is left.</summary>
    public static string? Clean(string? text, int longest) => string.IsNullOrWhiteSpace(text) ? null : Cut(text.Trim(), longest);
}
