using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Fiko.Application.Channels;

namespace Fiko.Infrastructure.Channels.Telegram;

/// <summary>
/// Understands a Telegram update (channels.md, 1.4 to 1.6). It looks into the JSON itself and not through Telegram.Bot's types,
/// because one value those do not know (an origin of a forward, a date before 1970) costs the whole update there, and a
/// customer's message with it. Looking, an unknown part is merely not there.
/// </summary>
internal static class TelegramReader
{
    private const int LongestAlbum = 64;

    // update_id first, then the first of these: an update holds one at most.
    private static readonly string[] WithChat =
        ["message", "edited_message", "message_reaction", "channel_post", "edited_channel_post", "my_chat_member", "chat_member"];

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
            return ReadEdit(update, edited);
        }

        if (update.Object("message_reaction") is { } reaction)
        {
            return TelegramSigns.ReadReaction(update, reaction);
        }

        if (update.Object("my_chat_member") is { } member)
        {
            return TelegramSigns.ReadMembership(update, member);
        }

        var kind = update.EnumerateObject().Select(p => p.Name).FirstOrDefault(name => name is not "update_id");
        return kind switch
        {
            null => new NothingToDo("An empty update"),
            "message" or "edited_message" or "message_reaction" or "my_chat_member" => new NotUnderstood("A part of the update is no object"),
            _ => new NothingToDo($"An update of kind {TelegramPeople.Clean(kind, 64)}"),
        };
    }

    private static InboundNews ReadMessage(JsonElement update, JsonElement message)
    {
        if (message.Object("chat") is not { } chat || chat.Integer("id") is not { } chatId)
        {
            return new NotUnderstood("A message without a chat");
        }

        switch (TelegramPeople.KindOf(chat, message))
        {
            case "private":
                break;
            case "group" or "supergroup":
                return TelegramSigns.ReadMove(message, chatId) ?? ReadGroup(message, chatId);
            case "channel":
                return new NothingToDo("A message in a channel");
            default:
                return new NotUnderstood("A message in a chat of an unknown type");
        }

        if (IdOf(update, message) is not { } id)
        {
            return new NotUnderstood("A message without an id");
        }

        if (TelegramPeople.IsBot(message))
        {
            return new NothingToDo("A message of a bot");
        }

        return TelegramContent.Of(message) switch
        {
            { IsService: true } service => new NothingToDo($"A service message: {service.Kind}"),
            var content => new CustomerWrote(
                chatId, TelegramPeople.ProfileOf(message.Object("from") ?? chat), id, content.Kind, content.Text, OriginalOf(message, chatId))
            {
                Caption = content.Caption,
                Files = TelegramFiles.Of(message, content.Kind),
                Album = message.Text("media_group_id") is { Length: > 0 and <= LongestAlbum } album ? album : null,
                At = TelegramSigns.TimeOf(message, "date"),
            },
        };
    }

    private static InboundNews ReadEdit(JsonElement update, JsonElement message)
    {
        if (message.Object("chat") is not { } chat || chat.Integer("id") is not { } chatId || message.Integer("message_id") is not { } id)
        {
            return new NotUnderstood("An edit without a chat or an id");
        }

        if (TelegramPeople.KindOf(chat, message) is not "private" || TelegramPeople.IsBot(message))
        {
            return new NothingToDo("An edit outside a customer's chat");
        }

        return TelegramContent.Of(message) switch
        {
            { IsService: true } service => new NothingToDo($"An edited service message: {service.Kind}"),
            var content => new CustomerEdited(
                chatId, id, content.Text, TelegramSigns.OrderOf(update, message.Integer("edit_date") ?? message.Integer("date")), content.Caption),
        };
    }

    // Joins, leaves and whatever is not known to be somebody's words are no reason to speak up in a group.
    private static InboundNews ReadGroup(JsonElement message, string chatId)
    {
        if (message.IsTrue("is_automatic_forward") || TelegramPeople.IsBot(message))
        {
            return new NothingToDo("A message of a bot or a linked channel in a group");
        }

        var content = TelegramContent.Of(message);
        return content.IsService || content.Kind is TelegramContent.Unsupported
            ? new NothingToDo($"A service message in a group: {content.Kind}")
            : new GroupWrote(chatId);
    }

    // Ephemeral messages all have the id 0; as one id they would be taken for the same message.
    private static string? IdOf(JsonElement update, JsonElement message) => message.Integer("message_id") switch
    {
        "0" => update.Integer("update_id") is { } updateId ? $"update:{updateId}" : null,
        var id => id,
    };

    // Another chat's message may have the number of one of this chat's.
    private static string? OriginalOf(JsonElement message, string chatId) =>
        message.Object("reply_to_message") is { } original && (original.Object("chat")?.Integer("id") ?? chatId) == chatId ? original.Integer("message_id") : null;
}
