using System.Text.Json;
using Fiko.Application.Channels;
using Fiko.Domain.Conversations;

namespace Fiko.Infrastructure.Channels.Telegram;

/// <summary>The files of a customer's message, as Telegram describes them (core.telegram.org/bots/api#message). What has no id is none.</summary>
internal static class TelegramFiles
{
    public const string TooLarge = "Larger than the 20 MB that a bot may download";

    // core.telegram.org/bots/api#getfile; 20 MiB in Telegram's own server.
    private const long LargestDownload = 20 * 1024 * 1024;
    private const int LongestId = 4000;
    private const int LongestName = 255;
    private const int LongestType = 100;

    /// <param name="message">Whose.</param>
    /// <param name="kind">As <see cref="TelegramContent"/> found it: old clients get a second kind beside the true one.</param>
    public static IReadOnlyList<InboundFile> Of(JsonElement message, string kind) => kind switch
    {
        "photo" or "live_photo" => [.. Photo(message)],
        "paid_media" => [.. message.Object("paid_media")?.Array("paid_media")?.EnumerateArray().SelectMany(Paid) ?? []],
        _ => message.Object(kind) is { } file && One(kind, file) is { } only ? [only] : [],
    };

    /// <summary>Null where there is none, or one that is not Telegram's.</summary>
    public static string? IdOf(string? fileId) => fileId is { Length: > 0 and <= LongestId } && !fileId.Contains('\0', StringComparison.Ordinal) ? fileId : null;

    // What was not paid for yet is only a preview, without a file.
    private static IEnumerable<InboundFile> Paid(JsonElement media) => media.Text("type") switch
    {
        "photo" => Photo(media),
        "live_photo" => media.Object("live_photo") is { } live ? Photo(live) : [],
        "video" => media.Object("video") is { } video && One("video", video) is { } file ? [file] : [],
        _ => [],
    };

    // One picture in several sizes. They are ranked by what is always told; the number of bytes is not.
    private static IEnumerable<InboundFile> Photo(JsonElement holder) =>
        (holder.Array("photo")?.EnumerateArray() ?? default)
            .OrderByDescending(size => (long)(Whole(size, "width") ?? 0) * (Whole(size, "height") ?? 0))
            .Select(size => Describe(FileKind.Image, size, "image/jpeg"))
            .OfType<InboundFile>()
            .Take(1);

    private static InboundFile? One(string kind, JsonElement file) => kind switch
    {
        "animation" => Describe(FileKind.Animation, file, "video/mp4"),
        "video_note" => Describe(FileKind.VideoNote, file, "video/mp4") is { } round ? round with { Width = Whole(file, "length"), Height = Whole(file, "length") } : null,
        "video" => Describe(FileKind.Video, file, "video/mp4"),
        "voice" => Describe(FileKind.Voice, file, "audio/ogg"),
        "audio" => Describe(FileKind.Audio, file, "audio/mpeg"),
        "document" => Describe(FileKind.File, file, null),
        "sticker" => Describe(FileKind.Sticker, file, file.IsTrue("is_video") ? "video/webm" : file.IsTrue("is_animated") ? "application/x-tgsticker" : "image/webp"),
        _ => null,
    };

    private static InboundFile? Describe(string kind, JsonElement file, string? usualType)
    {
        if (IdOf(file.Text("file_id")) is not { } id)
        {
            return null;
        }

        var size = long.TryParse(file.Integer("file_size"), out var bytes) && bytes >= 0 ? bytes : (long?)null;
        return new InboundFile(kind)
        {
            RemoteId = size > LargestDownload ? null : id,
            Problem = size > LargestDownload ? TooLarge : null,
            Name = TelegramContent.OneLine(TelegramPeople.Clean(file.Text("file_name"), LongestName)),
            MediaType = TelegramContent.OneLine(TelegramPeople.Clean(file.Text("mime_type"), LongestType)) ?? usualType,
            Size = size,
            Width = Whole(file, "width"),
            Height = Whole(file, "height"),
            Duration = Whole(file, "duration"),
        };
    }

    private static int? Whole(JsonElement file, string name) => file.Number(name) is { } number and >= 0 and <= int.MaxValue ? (int)number : null;
}
