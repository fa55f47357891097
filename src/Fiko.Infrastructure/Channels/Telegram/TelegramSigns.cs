using System.Globalization;
using System.Text.Json;
using Fiko.Application.Channels;

namespace Fiko.Infrastructure.Channels.Telegram;

/// <summary>What happens in a chat without a word: reactions, blocking, a group's new id.</summary>
internal static class TelegramSigns
{
    // Somebody with a subscription sets three; more than this is no reaction.
    private const int MostEmoji = 11;
    private const int LongestEmoji = 100;

    public static InboundNews ReadReaction(JsonElement update, JsonElement reaction)
    {
        if (reaction.Object("chat") is not { } chat || chat.Integer("id") is not { } chatId || reaction.Integer("message_id") is not { } id)
        {
            return new NotUnderstood("A reaction without a chat or a message");
        }

        // A private chat has its customer's id, and what has no user is anonymous: neither is a group's reaction.
        if (chat.Text("type") is not "private")
        {
            return new NothingToDo("A reaction outside a customer's chat");
        }

        return reaction.Array("new_reaction") is { } now
            ? new CustomerReacted(chatId, id, EmojiOf(now), OrderOf(update, reaction.Integer("date")))
            : new NotUnderstood("A reaction without what is there now");
    }

    /// <summary>In a private chat it means one thing: the bot was blocked, or let in again (core.telegram.org/bots/api#update).</summary>
    public static InboundNews ReadMembership(JsonElement update, JsonElement member)
    {
        if (member.Object("chat") is not { } chat || chat.Integer("id") is not { } chatId)
        {
            return new NotUnderstood("A membership without a chat");
        }

        if (chat.Text("type") is not "private")
        {
            return new NothingToDo("The bot's place in a group or channel");
        }

        return member.Object("new_chat_member")?.Text("status") switch
        {
            "kicked" => new CustomerBlocked(chatId, Blocked: true, OrderOf(update, member.Integer("date"))),
            "member" => new CustomerBlocked(chatId, Blocked: false, OrderOf(update, member.Integer("date"))),
            _ => new NothingToDo("A membership of an unknown status"),
        };
    }

    /// <summary>A group that became a supergroup says so in both chats; null where a message is about something else.</summary>
    public static ChatMoved? ReadMove(JsonElement message, string chatId) =>
        message.Integer("migrate_to_chat_id") is { } to ? new ChatMoved(chatId, to)
        : message.Integer("migrate_from_chat_id") is { } from ? new ChatMoved(from, chatId)
        : null;

    /// <summary>
    /// Orders what happened to one thing: by Telegram's seconds, and within one by the updates' numbers. Those alone will not do,
    /// they start anew after a quiet week.
    /// </summary>
    public static long OrderOf(JsonElement update, string? date)
    {
        var seconds = Math.Clamp(Number(date), 0, uint.MaxValue);
        return (seconds << 31) + (Number(update.Integer("update_id")) & int.MaxValue);
    }

    public static DateTimeOffset? TimeOf(JsonElement message, string name) =>
        Number(message.Integer(name)) is > 0 and <= uint.MaxValue and var seconds ? DateTimeOffset.FromUnixTimeSeconds(seconds) : null;

    // What has no character of its own is shown as one that says so.
    private static string? EmojiOf(JsonElement reactions)
    {
        var shown = string.Concat(reactions.EnumerateArray().Take(MostEmoji).Select(reaction => reaction.Text("type") switch
        {
            "emoji" => reaction.Text("emoji") is { } emoji && !string.IsNullOrWhiteSpace(emoji) ? emoji : "❓",
            "paid" => "⭐",
            _ => "❓",
        }));
        return shown.Length == 0 ? null : TelegramContent.Cut(shown, LongestEmoji);
    }

    private static long Number(string? digits) => long.TryParse(digits, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var value) ? value : 0;
}
