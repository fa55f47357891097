using System.Globalization;
using System.Text.Json.Nodes;

namespace Fiko.WebApi.Sandbox.Telegram.Media;

/// <summary>The methods that send files (core.telegram.org/bots/api#sending-files).</summary>
internal static class BotMedia
{
    // By their methods in lower case: what Telegram calls video_note is sent by sendVideoNote.
    private static readonly Dictionary<string, MediaKind> Methods =
        MediaKind.All.Values.ToDictionary(k => $"send{k.Name.Replace("_", "", StringComparison.Ordinal)}");

    private static long _albums;

    public static MediaKind? KindOf(string method) => Methods.GetValueOrDefault(method.ToLowerInvariant());

    public static async Task<JsonObject> SendAsync(SandboxBot bot, BotParameters parameters, MediaKind kind, CancellationToken ct)
    {
        var chat = BotMethods.Chat(bot, parameters);
        var caption = kind.HasCaption ? CaptionOf(parameters.Text("caption")) : null;
        var file = await FileAsync(bot, parameters, kind, parameters.Text(kind.Name), ct);
        return chat.Answer([MediaContent.Of(bot.Files, file, caption)], ReplyWish.Of(parameters), parameters.Number("chat_id"))[0];
    }

    public static async Task<JsonArray> SendAlbumAsync(SandboxBot bot, BotParameters parameters, CancellationToken ct)
    {
        var chat = BotMethods.Chat(bot, parameters);
        JsonObject[] items = [.. (parameters.Array("media") ?? []).OfType<JsonObject>()];
        if (items is not { Length: >= 2 and <= 10 })
        {
            throw BotRefusal.BadRequest("an album must include 2-10 items");
        }

        RefuseMixture([.. items.Select(i => i["type"]?.ToString())]);
        var album = NextAlbum();
        List<SandboxContent> contents = [];
        foreach (var item in items)
        {
            var caption = CaptionOf(item["caption"]?.ToString());
            var file = await FileAsync(bot, parameters, MediaKind.All[item["type"]!.ToString()], item["media"]?.ToString(), ct);
            contents.Add(MediaContent.Of(bot.Files, file, caption) with { Album = album });
        }

        return [.. chat.Answer(contents, ReplyWish.Of(parameters), parameters.Number("chat_id"))];
    }

    public static string NextAlbum() => (13_000_000_000_000_000 + Interlocked.Increment(ref _albums)).ToString(CultureInfo.InvariantCulture);

    public static string? CaptionOf(string? caption) => caption switch
    {
        { Length: > SandboxContent.LongestCaption } => throw BotRefusal.BadRequest("message caption is too long"),
        { Length: > 0 } => caption,
        _ => null,
    };

    // core.telegram.org/bots/api#sendmediagroup: documents and audios go only with their own kind.
    private static void RefuseMixture(string?[] types)
    {
        if (types.Any(t => t is not ("photo" or "video" or "document" or "audio")))
        {
            throw BotRefusal.BadRequest("can't parse InputMedia: type must be photo, video, document or audio");
        }

        if (types.Distinct().Count() > 1 && types.Any(t => t is "document" or "audio"))
        {
            throw BotRefusal.BadRequest("documents and audio files can't be mixed with other media types");
        }
    }

    /// <param name="bot">Whose files.</param>
    /// <param name="parameters">What was posted.</param>
    /// <param name="kind">What it is to be sent as.</param>
    /// <param name="value">A file_id or attach://; nothing where the file itself is the parameter.</param>
    /// <param name="ct">Ends with the request.</param>
    private static async Task<SandboxFile> FileAsync(SandboxBot bot, BotParameters parameters, MediaKind kind, string? value, CancellationToken ct)
    {
        if (parameters.File(value ?? kind.Name) is { } upload)
        {
            return upload.Length == 0 ? throw BotRefusal.BadRequest("file must be non-empty")
                : upload.Length > kind.Largest ? throw BotRefusal.BadRequest("file is too big")
                : bot.Files.Keep(kind, await MediaRequest.BytesAsync(upload, ct), upload.FileName, upload.ContentType);
        }

        if (string.IsNullOrEmpty(value))
        {
            throw BotRefusal.BadRequest($"there is no {kind.Name.Replace('_', ' ')} in the request");
        }

        if (value.StartsWith("http", StringComparison.OrdinalIgnoreCase))
        {
            throw BotRefusal.BadRequest("failed to get HTTP URL content");
        }

        var known = bot.Files.Find(value)?.File ?? throw BotRefusal.BadRequest("wrong file identifier/HTTP URL specified");
        return known.Kind == kind.Name ? known : throw BotRefusal.BadRequest($"can't use file of type {known.Kind} as {kind.Name}");
    }
}
