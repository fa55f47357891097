using System.Text.Json;

namespace Fiko.Infrastructure.Channels.Telegram;

/// <summary>What must be known to read a message rightly: that somebody else said it, or what exactly it is about.</summary>
internal static class TelegramContext
{
    private const int LongestName = 100;
    private const int LongestQuote = 300;

    /// <summary>Lines to stand before the message; empty for most.</summary>
    public static string Of(JsonElement message)
    {
        var origin = message.Object("forward_origin") is { } forward ? OriginOf(forward) : null;
        var quote = message.Object("quote") is { } part && part.IsTrue("is_manual") ? TelegramContent.OneLine(part.Text("text")) : null;
        return string.Concat(
            origin is null ? null : $"[forwarded from {TelegramContent.Cut(origin, LongestName)}]\n",
            message.Has("reply_to_story") ? "[reply to a story]\n" : null,
            message.Has("external_reply") ? "[reply to a message in another chat]\n" : null,
            quote is null ? null : $"> {TelegramContent.Cut(quote, LongestQuote)}\n");
    }

    // By the first name that is there: kinds of origins differ in nothing else that matters here.
    private static string? OriginOf(JsonElement origin) => TelegramContent.OneLine(
        origin.Object("sender_user") is { } user ? TelegramPeople.FullNameOf(user)
        : origin.Text("sender_user_name")
            ?? origin.Object("sender_chat")?.Text("title")
            ?? origin.Object("chat")?.Text("title"));
}
