using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Fiko.Application.Channels;
using Fiko.Domain.Customers;

namespace Fiko.Infrastructure.Channels.Telegram;

/// <summary>
/// Understands a Telegram update (channels.md, 1.4 to 1.6). It looks into the JSON itself and not through Telegram.Bot's types,
/// because one value those do not know (an origin of a forward, a date before 1970) costs the whole update there, and a
/// customer's message with it. Looking, an unknown part is merely not there.
/// </summary>
internal static class TelegramReader
{
    private const int LongestName = 200;

    // update_id first, then the first of these: an update holds one at most.
    private static readonly string[] WithChat = ["message", "edited_message", "channel_post", "edited_channel_post", "my_chat_member", "chat_member"];

    public static UpdateIdentity Identify(string body)
    {
        using var document = JsonText.TryParse(body);
        var update = document?.RootElement ?? default;
        var key = update.Integer("update_id") ?? $"sha256:{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(body)))}";
        var lane = WithChat.Select(kind => update.Object(kind)?.Object("chat")?.Integer("id")).FirstOrDefault(chat => chat is not null);
        return new UpdateIdentity(key, lane ?? "");
    }

    public static InboundNews Read(string body)
    {
        using var document = JsonText.TryParse(body);
        if (document is not { RootElement: { ValueKind: JsonValueKind.Object } update })
        {
            return new NotUnderstood(document is null ? "Not JSON" : "Not a JSON object");
        }

        if (update.Object("message") is { } message)
        {
            return ReadMessage(update, message);
        }

        if (update.Object("edited_message") is { } edited)
        {
            return ReadEdit(edited);
        }

        var kind = update.EnumerateObject().Select(p => p.Name).FirstOrDefault(name => name is not "update_id");
        return kind switch
        {
            null => new NothingToDo("An empty update"),
            "message" or "edited_message" => new NotUnderstood("A message that is no object"),
            _ => new NothingToDo($"An update of kind {Clean(kind, 64)}"),
        };
    }

    private static InboundNews ReadMessage(JsonElement update, JsonElement message)
    {
        if (message.Object("chat") is not { } chat || chat.Integer("id") is not { } chatId)
        {
            return new NotUnderstood("A message without a chat");
        }

        switch (KindOf(chat, message))
        {
            case "private":
                break;
            case "group" or "supergroup":
                return ReadGroup(message, chatId);
            case "channel":
                return new NothingToDo("A message in a channel");
            default:
                return new NotUnderstood("A message in a chat of an unknown type");
        }

        if (IdOf(update, message) is not { } id)
        {
            return new NotUnderstood("A message without an id");
        }

        if (IsFromBot(message))
        {
            return new NothingToDo("A message of a bot");
        }

        return TelegramContent.Of(message) switch
        {
            { IsService: true } service => new NothingToDo($"A service message: {service.Kind}"),
            var content => new CustomerWrote(chatId, ProfileOf(message, chat), id, content.Kind, content.Text, message.Object("reply_to_message")?.Integer("message_id")),
        };
    }

    private static InboundNews ReadEdit(JsonElement message)
    {
        if (message.Object("chat") is not { } chat || chat.Integer("id") is not { } chatId || message.Integer("message_id") is not { } id)
        {
            return new NotUnderstood("An edit without a chat or an id");
        }

        if (KindOf(chat, message) is not "private" || IsFromBot(message))
        {
            return new NothingToDo("An edit outside a customer's chat");
        }

        var content = TelegramContent.Of(message);
        return content.IsService ? new NothingToDo($"An edited service message: {content.Kind}") : new CustomerEdited(chatId, id, content.Text);
    }

    // Joins, leaves and whatever is not known to be somebody's words are no reason to speak up in a group.
    private static InboundNews ReadGroup(JsonElement message, string chatId)
    {
        if (message.IsTrue("is_automatic_forward") || IsFromBot(message))
        {
            return new NothingToDo("A message of a bot or a linked channel in a group");
        }

        var content = TelegramContent.Of(message);
        return content.IsService || content.Kind is TelegramContent.Unsupported
            ? new NothingToDo($"A service message in a group: {content.Kind}")
            : new GroupWrote(chatId);
    }

    // A private chat has its customer's id: that tells it even where the type is missing or new.
    private static string? KindOf(JsonElement chat, JsonElement message) => chat.Text("type") switch
    {
        "private" or "group" or "supergroup" or "channel" => chat.Text("type"),
        _ when message.Object("from")?.Integer("id") is { } from && from == chat.Integer("id") => "private",
        _ => null,
    };

    // An anonymous admin of a group comes as a fake bot, with the chat that really speaks.
    private static bool IsFromBot(JsonElement message) => message.Object("from")?.IsTrue("is_bot") is true && !message.Has("sender_chat");

    // Ephemeral messages all have the id 0; as one id they would be taken for the same message.
    private static string? IdOf(JsonElement update, JsonElement message) => message.Integer("message_id") switch
    {
        "0" => update.Integer("update_id") is { } updateId ? $"update:{updateId}" : null,
        var id => id,
    };

    private static CustomerProfile ProfileOf(JsonElement message, JsonElement chat)
    {
        var person = message.Object("from") ?? chat;
        return new CustomerProfile(
            Clean(person.Text("first_name"), LongestName) ?? "",
            Clean(person.Text("last_name"), LongestName),
            Clean(person.Text("username"), LongestName));
    }

    private static string? Clean(string? text, int longest) => text is null ? null : TelegramContent.Cut(text.Trim(), longest);
}
