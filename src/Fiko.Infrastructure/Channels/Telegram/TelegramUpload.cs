using System.Globalization;
using System.Text;
using System.Text.Json;
using Fiko.Application.Channels;
using Fiko.Domain.Conversations;
using Telegram.Bot;
using Telegram.Bot.Requests;
using Telegram.Bot.Types;

namespace Fiko.Infrastructure.Channels.Telegram;

/// <summary>By which method a file goes out. The field that holds it has the method's name (core.telegram.org/bots/api#available-methods).</summary>
/// <param name="Method">As in the Bot API.</param>
/// <param name="Field">The file's.</param>
/// <param name="TakesCaption">Whether words can stand under it.</param>
internal sealed record TelegramUpload(string Method, string Field, bool TakesCaption = true)
{
    // Telegram says MB, and nobody says of how many bytes; the smaller reading holds under either.
    private const long Megabyte = 1_000_000;
    private const long LargestPhoto = 10 * Megabyte;

    public static readonly TelegramUpload Document = new("sendDocument", "document");
    public static readonly TelegramUpload Photo = new("sendPhoto", "photo");
    private static readonly TelegramUpload Video = new("sendVideo", "video");
    private static readonly TelegramUpload Audio = new("sendAudio", "audio");
    private static readonly TelegramUpload Voice = new("sendVoice", "voice");
    private static readonly TelegramUpload Animation = new("sendAnimation", "animation");
    private static readonly TelegramUpload Sticker = new("sendSticker", "sticker", TakesCaption: false);

    /// <summary>Whatever no method of its own is sure to take goes as a document: Telegram takes any as that.</summary>
    public static TelegramUpload Of(FileFacts file) => (file.Kind, file.MediaType) switch
    {
        (FileKind.Image, "image/jpeg" or "image/png" or "image/webp") when file.Size <= LargestPhoto => Photo,
        (FileKind.Video or FileKind.VideoNote, "video/mp4") => Video,
        (FileKind.Animation, "image/gif" or "video/mp4") => Animation,
        (FileKind.Image, "image/gif") => Animation,
        (FileKind.Voice, "audio/ogg") => Voice,
        (FileKind.Voice or FileKind.Audio, _) => Audio,
        (FileKind.Sticker, "image/webp") => Sticker,
        _ => Document,
    };

    /// <summary>Why Telegram would not take it; null where it would (core.telegram.org/bots/api#sending-files).</summary>
    public static string? Objection(FileFacts file) => file.Size switch
    {
        <= 0 => "Telegram does not take an empty file",
        > 50 * Megabyte => "Larger than the 50 MB that a bot may send",
        _ => null,
    };
}

/// <summary>
/// A message with a file, as a form whose bytes are read off their stream while they go out. Telegram.Bot's own form reads the
/// whole answer (see <see cref="SendTextRequest"/>); this one needs only its client and the id.
/// </summary>
internal sealed class UploadRequest(TelegramUpload way) : RequestBase<SentMessage>(way.Method)
{
    private const string Quoted = "\"\\";

    public required long ChatId { get; init; }

    public required Stream Bytes { get; init; }

    public required string Name { get; init; }

    public required string MediaType { get; init; }

    public string? Caption { get; init; }

    public ReplyParameters? ReplyParameters { get; init; }

    public override HttpContent ToHttpContent()
    {
        // Telegram reads a name as plain UTF-8; the framework's own encodings of it would be shown to the customer.
        var form = new MultipartFormDataContent { HeaderEncodingSelector = (_, _) => Encoding.UTF8 };
        Add(form, "chat_id", ChatId.ToString(CultureInfo.InvariantCulture));
        if (Caption is { Length: > 0 } caption)
        {
            Add(form, "caption", caption);
        }

        if (ReplyParameters is { } reply)
        {
            Add(form, "reply_parameters", JsonSerializer.Serialize(reply, JsonBotAPI.Options));
        }

        var file = new StreamContent(Bytes);
        file.Headers.TryAddWithoutValidation("Content-Disposition", $"form-data; name=\"{way.Field}\"; filename=\"{Plain(Name)}\"");
        file.Headers.TryAddWithoutValidation("Content-Type", MediaType.Length > 0 ? MediaType : "application/octet-stream");
        form.Add(file);
        return form;
    }

    private static void Add(MultipartFormDataContent form, string name, string value)
    {
        var field = new StringContent(value);
        field.Headers.TryAddWithoutValidation("Content-Disposition", $"form-data; name=\"{name}\"");
        form.Add(field);
    }

    private static string Plain(string name)
    {
        var plain = string.Concat(name.Select(c => char.IsControl(c) || Quoted.Contains(c, StringComparison.Ordinal) ? '_' : c)).Trim();
        return plain.Length == 0 ? "file" : plain;
    }
}
