using System.Text.Json.Nodes;

namespace Fiko.WebApi.Sandbox.Telegram;

/// <summary>The objects of the Bot API, with the fields that Telegram fills for a plain bot.</summary>
internal static class TelegramShapes
{
    public static JsonObject Bot(long id) => new()
    {
        ["id"] = id,
        ["is_bot"] = true,
        ["first_name"] = "Sandbox bot",
        ["username"] = BotName(id),
    };

    public static string BotName(long id) => $"sandbox_{id}_bot";

    public static JsonObject User(SandboxPerson person) => Named(new() { ["id"] = person.Id, ["is_bot"] = false }, person);

    /// <param name="person">The chat's customer.</param>
    /// <param name="id">The person's own, unless the chat was moved.</param>
    public static JsonObject PrivateChat(SandboxPerson person, long id) => Named(new() { ["id"] = id, ["type"] = "private" }, person);

    public static JsonObject GroupChat(long id) => new()
    {
        ["id"] = id,
        ["type"] = id <= SandboxChat.FirstSupergroup ? "supergroup" : "group",
        ["title"] = $"Sandbox group {-id % -SandboxChat.FirstSupergroup}",
    };

    public static JsonObject Message(long bot, JsonObject chat, SandboxMessage message, SandboxMessage? original)
    {
        var shape = new JsonObject
        {
            ["message_id"] = message.Id,
            ["from"] = message.Sender is { } sender ? User(sender) : Bot(bot),
            ["chat"] = chat,
            ["date"] = message.Date.ToUnixTimeSeconds(),
        };
        if (message.EditedAt is { } edited)
        {
            shape["edit_date"] = edited.ToUnixTimeSeconds();
        }

        if (original is not null)
        {
            // The original comes without its own original.
            shape["reply_to_message"] = Message(bot, chat.DeepClone().AsObject(), original, null);
        }

        message.Content.AddTo(shape);
        return shape;
    }

    /// <summary>core.telegram.org/bots/api#messagereactionupdated.</summary>
    public static JsonObject Reaction(JsonObject chat, int message, SandboxPerson person, string? before, string? after, DateTimeOffset now) => new()
    {
        ["chat"] = chat,
        ["message_id"] = message,
        ["user"] = User(person),
        ["date"] = now.ToUnixTimeSeconds(),
        ["old_reaction"] = Reactions(before),
        ["new_reaction"] = Reactions(after),
    };

    public static JsonObject Membership(long bot, JsonObject chat, SandboxPerson person, bool blocked, DateTimeOffset now) => new()
    {
        ["chat"] = chat,
        ["from"] = User(person),
        ["date"] = now.ToUnixTimeSeconds(),
        ["old_chat_member"] = Member(bot, !blocked),
        ["new_chat_member"] = Member(bot, blocked),
    };

    private static JsonArray Reactions(string? emoji) => emoji is null ? [] : [new JsonObject { ["type"] = "emoji", ["emoji"] = emoji }];

    private static JsonObject Member(long bot, bool blocked)
    {
        var member = new JsonObject { ["user"] = Bot(bot), ["status"] = blocked ? "kicked" : "member" };
        if (blocked)
        {
            member["until_date"] = 0;
        }

        return member;
    }

    private static JsonObject Named(JsonObject shape, SandboxPerson person)
    {
        shape["first_name"] = person.FirstName;
        if (person.LastName is { } last)
        {
            shape["last_name"] = last;
        }

        if (person.Username is { } username)
        {
            shape["username"] = username;
        }

        return shape;
    }
}
