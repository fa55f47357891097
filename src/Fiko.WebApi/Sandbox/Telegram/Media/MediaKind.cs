namespace Fiko.WebApi.Sandbox.Telegram.Media;

/// <summary>A kind of file that a message can hold, under the Bot API's name for it.</summary>
/// <param name="Name">The field of Message, and the parameter of its send method.</param>
/// <param name="Folder">Where getFile says that it lies.</param>
/// <param name="MediaType">Where neither the file's name nor its sender tells.</param>
/// <param name="HasCaption">Round videos and stickers carry no words.</param>
/// <param name="Extension">With the dot.</param>
/// <param name="Sample">Sent where no file is posted.</param>
internal sealed record MediaKind(string Name, string Folder, string MediaType, bool HasCaption, string Extension, byte[] Sample)
{
    // core.telegram.org/bots/api#sending-files
    public const long LargestUpload = 50 * 1024 * 1024;
    public const long LargestPhoto = 10 * 1024 * 1024;

    // core.telegram.org/bots/api#getfile
    public const long LargestDownload = 20 * 1024 * 1024;

    public static readonly MediaKind Photo = new("photo", "photos", "image/jpeg", true, ".jpg", SampleFiles.Jpeg);

    public static readonly MediaKind Sticker = new("sticker", "stickers", "image/webp", false, ".webp", SampleFiles.WebP);

    public static readonly IReadOnlyDictionary<string, MediaKind> All = new[]
    {
        Photo,
        Sticker,
        new MediaKind("document", "documents", "application/pdf", true, ".pdf", SampleFiles.Pdf),
        new MediaKind("voice", "voice", "audio/ogg", true, ".oga", SampleFiles.Ogg),
        new MediaKind("video", "videos", "video/mp4", true, ".mp4", SampleFiles.Mp4),
        new MediaKind("video_note", "video_notes", "video/mp4", false, ".mp4", SampleFiles.Mp4),
        new MediaKind("audio", "music", "audio/mpeg", true, ".mp3", SampleFiles.Mp3),
        new MediaKind("animation", "animations", "video/mp4", true, ".mp4", SampleFiles.Mp4),
    }.ToDictionary(k => k.Name);

    public long Largest => Name == "photo" ? LargestPhoto : LargestUpload;

    /// <summary>core.telegram.org/bots/api#sticker: animated ones are zipped Lottie, video ones WebM.</summary>
    public static MediaKind StickerOf(string? form) => form switch
    {
        null or "regular" => Sticker,
        "animated" => Sticker with { MediaType = "application/x-tgsticker", Extension = ".tgs", Sample = SampleFiles.Tgs },
        "video" => Sticker with { MediaType = "video/webm", Extension = ".webm", Sample = SampleFiles.WebM },
        _ => throw new SandboxRefusal(StatusCodes.Status400BadRequest, "format is regular, animated or video."),
    };
}
