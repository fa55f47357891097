using System.Text.Json.Nodes;

namespace Fiko.WebApi.Sandbox.Telegram.Media;

/// <summary>What a message holds besides words, in the Bot API's shapes.</summary>
internal static class MediaContent
{
    public static SandboxContent Of(SandboxFiles files, SandboxFile file, string? caption, string? emoji = null) =>
        new(file.Kind, string.IsNullOrEmpty(caption) ? null : caption) { File = file, Fields = Fields(files, file, emoji) };

    private static JsonObject Fields(SandboxFiles files, SandboxFile file, string? emoji) => file.Kind switch
    {
        // Telegram makes the small one itself.
        "photo" => new() { ["photo"] = Sizes(files.Keep(MediaKind.Photo, SampleFiles.Jpeg), file) },
        "animation" => new() { ["animation"] = With(Named(file), ("duration", 3), ("width", 320), ("height", 240)), ["document"] = Named(file) },
        "video" => new() { ["video"] = With(Named(file), ("duration", 3), ("width", 320), ("height", 240)) },
        "video_note" => new() { ["video_note"] = With(Shape(file), ("duration", 3), ("length", 240)) },
        "voice" => new() { ["voice"] = With(Shape(file), ("duration", 3), ("mime_type", file.MediaType)) },
        "audio" => new() { ["audio"] = With(Named(file), ("duration", 3), ("performer", "Sandbox"), ("title", "Silence")) },
        "sticker" => new()
        {
            ["sticker"] = With(
                Shape(file), ("type", "regular"), ("emoji", emoji ?? "👍"), ("width", 512), ("height", 512),
                ("is_animated", file.Path.EndsWith(".tgs", StringComparison.Ordinal)), ("is_video", file.Path.EndsWith(".webm", StringComparison.Ordinal))),
        },
        _ => new() { ["document"] = Named(file) },
    };

    public static JsonArray Sizes(SandboxFile small, SandboxFile big) => [Picture(small, 67, 90), Picture(big, 960, 1280)];

    public static JsonObject Shape(SandboxFile file) =>
        With([], ("file_id", file.Id), ("file_unique_id", file.UniqueId), ("file_size", file.Size));

    public static JsonObject With(JsonObject shape, params ReadOnlySpan<(string Name, JsonNode? Value)> fields)
    {
        foreach (var (name, value) in fields)
        {
            shape[name] = value;
        }

        return shape;
    }

    private static JsonObject Picture(SandboxFile file, int width, int height) => With(Shape(file), ("width", width), ("height", height));

    private static JsonObject Named(SandboxFile file)
    {
        var shape = With(Shape(file), ("mime_type", file.MediaType));
        if (file.Name is { } name)
        {
            shape["file_name"] = name;
        }

        return shape;
    }
}
