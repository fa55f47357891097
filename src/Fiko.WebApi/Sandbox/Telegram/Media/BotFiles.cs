using System.Text.Json.Nodes;

namespace Fiko.WebApi.Sandbox.Telegram.Media;

/// <summary>What a bot learns of files and pictures; see also <see cref="FileDownloads"/>.</summary>
internal static class BotFiles
{
    public static JsonObject GetFile(SandboxBot bot, BotParameters parameters)
    {
        if (bot.Files.Find(parameters.Text("file_id")) is not { } kept)
        {
            throw BotRefusal.BadRequest("wrong file_id or the file is temporarily unavailable");
        }

        return kept.File.Size > MediaKind.LargestDownload
            ? throw BotRefusal.BadRequest("file is too big")
            : MediaContent.With(MediaContent.Shape(kept.File), ("file_path", kept.File.Path));
    }

    /// <summary>core.telegram.org/bots/api#chatfullinfo.</summary>
    public static JsonObject GetChat(SandboxBot bot, SandboxChat chat)
    {
        var shape = chat.Describe();
        if (chat.Picture(bot.Files) is { } picture)
        {
            shape["photo"] = new JsonObject
            {
                ["small_file_id"] = picture.Id,
                ["small_file_unique_id"] = picture.UniqueId,
                ["big_file_id"] = picture.Id,
                ["big_file_unique_id"] = picture.UniqueId,
            };
        }

        return shape;
    }

    public static JsonObject GetPictures(SandboxBot bot, BotParameters parameters)
    {
        if (bot.Find(parameters.Number("user_id")) is not { Customer: not null } chat)
        {
            throw BotRefusal.BadRequest("user not found");
        }

        JsonArray pictures = chat.Picture(bot.Files) is { } picture && parameters.Number("offset") == 0
            ? [new JsonArray(MediaContent.With(MediaContent.Shape(picture), ("width", 160), ("height", 160)))]
            : [];
        return new() { ["total_count"] = pictures.Count, ["photos"] = pictures };
    }
}
