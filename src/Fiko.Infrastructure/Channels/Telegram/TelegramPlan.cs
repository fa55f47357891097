using Fiko.Application.Channels;

namespace Fiko.Infrastructure.Channels.Telegram;

/// <summary>
/// What one message becomes on Telegram: its files one by one, and its words under the first that can carry them, or behind all
/// of them where they are too long for that (core.telegram.org/bots/api#sendmessage, #sendphoto).
/// </summary>
internal static class TelegramPlan
{
    // Telegram counts characters; in UTF-16 units its limits hold however those are meant.
    private const int LongestText = 4096;
    private const int LongestCaption = 1024;

    public static IReadOnlyList<PlannedPart> Of(string text, IReadOnlyList<FileFacts> files)
    {
        if (files.Count == 0)
        {
            return [.. Texts(text)];
        }

        var carrier = CarrierOf(text, files);
        var parts = files.Select((_, i) => new PlannedPart(i == carrier ? text : "", i));
        return carrier is null && !string.IsNullOrWhiteSpace(text) ? [.. parts, .. Texts(text)] : [.. parts];
    }

    private static int? CarrierOf(string text, IReadOnlyList<FileFacts> files)
    {
        if (string.IsNullOrWhiteSpace(text) || text.Length > LongestCaption)
        {
            return null;
        }

        // Only the first: words in the middle of files would be read as being about what follows.
        return TelegramUpload.Of(files[0]).TakesCaption ? 0 : null;
    }

    private static IEnumerable<PlannedPart> Texts(string text) =>
        TextSplitter.Split(text, LongestText, TextSplitter.Utf16Units).Select(part => new PlannedPart(part));
}
