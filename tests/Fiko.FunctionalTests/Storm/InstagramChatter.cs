using System.Text.Json;
using System.Text.Json.Nodes;

namespace Fiko.FunctionalTests.Storm;

/// <summary>What one customer does on Instagram, and the account's owner in the app, as its webhooks tell it, and beside it in the model.</summary>
internal sealed class InstagramChatter(ModelChat chat, string account, int number, Random chance, FileSamples files, DateTimeOffset began) : IChatter
{
    private static readonly string[] Emoji = ["❤", "😂", "👍", "😮"];

    private readonly Dictionary<ModelMessage, int> _edits = [];
    private long _now = began.ToUnixTimeMilliseconds();
    private int _said;

    public ModelChat Chat => chat;

    public IEnumerable<PlatformEvent> Do() => chance.Next(100) switch
    {
        < 40 => [Write()],
        < 52 => [ShowFile()],
        < 60 => [WriteInApp()],
        < 64 => [Press()],
        < 76 when chat.Pick(chance, m => m is { Kind: "text", Author: "customer" }) is { } message => [Edit(message)],
        < 81 when chat.Pick(chance, m => m.Author == "customer") is { } message => [Withdraw(message)],
        < 92 when chat.Pick(chance, _ => true) is { } message => [React(message.PlatformIds[0], message, Emoji[chance.Next(Emoji.Length)])],
        < 98 when chat.Pick(chance, m => m.Reaction is not null) is { } message => [React(message.PlatformIds[0], message, null)],
        _ => [Write()],
    };

    public PlatformEvent Sign(int round, string clientId, string platformId)
    {
        var answer = chat.Answers[clientId];
        answer.PlatformIds.Add(platformId);
        if (round % 2 == 0)
        {
            chat.Seen.Add(clientId);
            return Event(Item("read", new JsonObject { ["mid"] = platformId }));
        }

        return React(platformId, answer, Emoji[round % Emoji.Length]);
    }

    private PlatformEvent Write()
    {
        var (mid, text) = (NewMid(), NewText());
        chat.Write("customer", "text", text, mid);
        return Event(Item("message", new JsonObject { ["mid"] = mid, ["text"] = text }), text);
    }

    private PlatformEvent ShowFile()
    {
        var (mid, kind) = (NewMid(), FileSamples.Instagram[chance.Next(FileSamples.Instagram.Count)]);
        chat.Write("customer", kind, files.ContentOf(kind), mid, files.KindOf(kind));
        return Event(Item("message", new JsonObject { ["mid"] = mid, ["attachments"] = new JsonArray(files[kind]) }));
    }

    private PlatformEvent WriteInApp()
    {
        var (mid, text) = (NewMid(), NewText());
        chat.Write("support", "text", text, mid);
        return Event(Item("message", new JsonObject { ["mid"] = mid, ["text"] = text, ["is_echo"] = true }, fromAccount: true), text);
    }

    private PlatformEvent Press()
    {
        var (mid, text) = (NewMid(), NewText());
        chat.Write("customer", "postback", text, mid);
        return Event(Item("postback", new JsonObject { ["mid"] = mid, ["title"] = text, ["payload"] = "HOURS" }), text);
    }

    // Real ones name nobody: neither the sender nor the recipient.
    private PlatformEvent Edit(ModelMessage message)
    {
        (message.Content, message.IsEdited) = (NewText(), true);
        var edit = _edits[message] = _edits.GetValueOrDefault(message) + 1;
        return Event(new JsonObject
        {
            ["timestamp"] = ++_now,
            ["message_edit"] = new JsonObject { ["mid"] = message.PlatformIds[0], ["text"] = message.Content, ["num_edit"] = edit },
        });
    }

    private PlatformEvent Withdraw(ModelMessage message)
    {
        ModelChat.Withdraw(message);
        return Event(Item("message", new JsonObject { ["mid"] = message.PlatformIds[0], ["is_deleted"] = true }));
    }

    private PlatformEvent React(string mid, ModelMessage message, string? emoji)
    {
        ModelChat.React(message, emoji);
        var reaction = new JsonObject { ["mid"] = mid, ["action"] = emoji is null ? "unreact" : "react" };
        if (emoji is not null)
        {
            (reaction["reaction"], reaction["emoji"]) = ("other", emoji);
        }

        return Event(Item("reaction", reaction));
    }

    private JsonObject Item(string kind, JsonObject content, bool fromAccount = false) => new()
    {
        ["sender"] = new JsonObject { ["id"] = fromAccount ? account : chat.Customer.Id },
        ["recipient"] = new JsonObject { ["id"] = fromAccount ? chat.Customer.Id : account },
        ["timestamp"] = ++_now,
        [kind] = content,
    };

    private PlatformEvent Event(JsonObject item, string? says = null) => new(
        true,
        JsonSerializer.SerializeToUtf8Bytes(new JsonObject
        {
            ["object"] = "instagram",
            ["entry"] = new JsonArray(new JsonObject { ["id"] = account, ["time"] = _now, ["messaging"] = new JsonArray(item) }),
        }),
        says);

    private string NewMid() => $"aWdfZAG1faXRlbToxOklHTWVzc2FnZUlEOg-{number}-{++_said}";

    private string NewText() => $"i{number} says {++_said}";
}
