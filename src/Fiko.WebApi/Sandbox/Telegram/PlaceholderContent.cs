using System.Text.Json.Nodes;

namespace Fiko.WebApi.Sandbox.Telegram;

/// <summary>Texts, and stand-ins for what a customer sends besides texts; the files behind them do not exist.</summary>
internal static class PlaceholderContent
{
    public static readonly string[] Kinds = ["photo", "sticker", "voice", "location", "contact"];

    public static void AddTo(JsonObject shape, SandboxMessage message)
    {
        var content = message.Content;
        if (content.Kind is SandboxContent.TextKind)
        {
            shape["text"] = content.Text;
            return;
        }

        shape[content.Kind] = Placeholder(content.Kind, message);
        if (content.Text is { } caption)
        {
            shape["caption"] = caption;
        }
    }

    private static JsonNode Placeholder(string kind, SandboxMessage message) => kind switch
    {
        "photo" => new JsonArray(Picture(message.Id, "small", 67, 90), Picture(message.Id, "big", 960, 1280)),
        "sticker" => With(File(message.Id, "sticker"), ("type", "regular"), ("emoji", "👍"),
            ("width", 512), ("height", 512), ("is_animated", false), ("is_video", false)),
        "voice" => With(File(message.Id, "voice"), ("duration", 3), ("mime_type", "audio/ogg")),
        "location" => With([], ("latitude", 35.6997), ("longitude", 51.3380)),
        "contact" => With([], ("phone_number", "+989120000000"), ("first_name", message.Sender?.FirstName), ("user_id", message.Sender?.Id)),
        _ => throw new ArgumentOutOfRangeException(nameof(kind)),
    };

    private static JsonObject Picture(int message, string size, int width, int height) =>
        With(File(message, size), ("width", width), ("height", height));

    private static JsonObject File(int message, string name) =>
        With([], ("file_id", $"sandbox-{message}-{name}"), ("file_unique_id", $"s{message}{name}"), ("file_size", 1203));

    private static JsonObject With(JsonObject shape, params ReadOnlySpan<(string Name, JsonNode? Value)> fields)
    {
        foreach (var (name, value) in fields)
        {
            shape[name] = value;
        }

        return shape;
    }
}
