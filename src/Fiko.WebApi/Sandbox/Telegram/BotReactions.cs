using System.Text.Json.Nodes;

namespace Fiko.WebApi.Sandbox.Telegram;

/// <summary>The emoji that Telegram takes as reactions (core.telegram.org/bots/api#reactiontypeemoji).</summary>
internal static class BotReactions
{
    private static readonly HashSet<string> Known =
    [
        "❤", "👍", "👎", "🔥", "🥰", "👏", "😁", "🤔", "🤯", "😱", "🤬", "😢", "🎉", "🤩", "🤮", "💩", "🙏", "👌", "🕊", "🤡", "🥱", "🥴", "😍", "🐳",
        "❤‍🔥", "🌚", "🌭", "💯", "🤣", "⚡", "🍌", "🏆", "💔", "🤨", "😐", "🍓", "🍾", "💋", "🖕", "😈", "😴", "😭", "🤓", "👻", "👨‍💻", "👀", "🎃",
        "🙈", "😇", "😨", "🤝", "✍", "🤗", "🫡", "🎅", "🎄", "☃", "💅", "🤪", "🗿", "🆒", "💘", "🙉", "🦄", "😘", "💊", "🙊", "😎", "👾", "🤷‍♂", "🤷",
        "🤷‍♀", "😡",
    ];

    public static bool Set(SandboxChat chat, int message, BotParameters parameters)
    {
        var wished = parameters.Array("reaction") ?? [];
        if (wished.Count > 1)
        {
            throw BotRefusal.BadRequest("REACTIONS_TOO_MANY");
        }

        chat.ReactAsBot(message, wished is [var only] ? EmojiOf(only) ?? throw BotRefusal.BadRequest("REACTION_INVALID") : null);
        return true;
    }

    /// <summary>A keyboard's heart comes with a selector that Telegram's own list does without.</summary>
    public static string? OfCustomer(string? emoji)
    {
        var plain = emoji?.Replace("\uFE0F", "", StringComparison.Ordinal);
        return plain is null || Known.Contains(plain) ? plain : throw new SandboxRefusal(StatusCodes.Status400BadRequest, "emoji is none of Telegram's reactions.");
    }

    private static string? EmojiOf(JsonNode? reaction) =>
        reaction is JsonObject given && given["type"]?.ToString() is "emoji" && given["emoji"]?.ToString() is { } emoji && Known.Contains(emoji) ? emoji : null;
}
