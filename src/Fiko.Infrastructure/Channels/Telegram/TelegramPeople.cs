using System.Text.Json;
using Fiko.Domain.Customers;

namespace Fiko.Infrastructure.Channels.Telegram;

/// <summary>Who speaks, and where.</summary>
internal static class TelegramPeople
{
    private const int LongestName = 200;

    /// <summary>A private chat has its customer's id: that tells it even where the type is missing or new.</summary>
    public static string? KindOf(JsonElement chat, JsonElement message) => chat.Text("type") switch
    {
        "private" or "group" or "supergroup" or "channel" => chat.Text("type"),
        _ when message.Object("from")?.Integer("id") is { } from && from == chat.Integer("id") => "private",
        _ => null,
    };

    /// <summary>An anonymous admin of a group comes as a fake bot, with the chat that really speaks.</summary>
    public static bool IsBot(JsonElement message) => message.Object("from")?.IsTrue("is_bot") is true && !message.Has("sender_chat");

    /// <summary>Of a user or a private chat: both carry the names.</summary>
    public static CustomerProfile ProfileOf(JsonElement person) => new(
        Clean(person.Text("first_name"), LongestName) ?? "",
        Clean(person.Text("last_name"), LongestName),
        Clean(person.Text("username"), LongestName));

    /// <summary>As it is shown in one line; null where nothing is left.</summary>
    public static string? FullNameOf(JsonElement person) => TelegramContent.OneLine($"{ProfileOf(person).FirstName} {ProfileOf(person).LastName}");

    public static string? Clean(string? text, int longest) => text is null ? null : TelegramContent.Cut(text.Trim(), longest);
}
