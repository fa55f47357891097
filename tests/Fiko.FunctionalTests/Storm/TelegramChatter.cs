using System.Globalization;
using System.Text.Json.Nodes;

namespace Fiko.FunctionalTests.Storm;

/// <summary>What one customer does on Telegram, as its updates tell it, and beside it in the model.</summary>
internal sealed class TelegramChatter(ModelChat chat, int number, Random chance, FileSamples files, DateTimeOffset began) : IChatter
{
    // Above all that the sandbox counts up to.
    private const int FirstId = 1_200_000_000;
    private const int IdsEach = 1000;

    private static readonly string[] Emoji = ["👍", "❤", "🔥", "😁"];

    private readonly long _customer = long.Parse(chat.Customer.Id, CultureInfo.InvariantCulture);
    private int _update = FirstId + (number * IdsEach);
    private int _message = FirstId;

    public ModelChat Chat => chat;

    public IEnumerable<PlatformEvent> Do() => chance.Next(100) switch
    {
        < 45 => [Write()],
        < 57 => [ShowFile()],
        < 62 => ShowAlbum(),
        < 77 when chat.Pick(chance, m => m.Files.Count == 0 || m.Caption is not null) is { } message => [Edit(message)],
        < 90 when chat.Pick(chance, _ => true) is { } message => [React(message.PlatformIds[chance.Next(message.PlatformIds.Count)], message, Emoji[chance.Next(Emoji.Length)])],
        < 97 when chat.Pick(chance, m => m.Reaction is not null) is { } message => [React(message.PlatformIds[0], message, null)],
        _ => [Write()],
    };

    public PlatformEvent Sign(int round, string clientId, string platformId)
    {
        var answer = chat.Answers[clientId];
        answer.PlatformIds.Add(platformId);
        var first = chat.Answers.Values.First();
        return round % 3 == 2 ? React(first.PlatformIds[0], first, null) : React(platformId, answer, Emoji[round % Emoji.Length]);
    }

    private PlatformEvent Write()
    {
        var (id, text) = (++_message, NewText());
        chat.Write("customer", "text", text, Name(id));
        return Event("message", Message(id, ("text", text)), text);
    }

    private PlatformEvent ShowFile()
    {
        var (id, kind) = (++_message, FileSamples.Telegram[chance.Next(FileSamples.Telegram.Count)]);
        var caption = kind == "photo" && chance.Next(2) == 0 ? NewText() : null;
        chat.Write("customer", kind, WithCaption(kind, caption), Name(id), files.KindOf(kind)).Caption = caption;
        return Event("message", Message(id, (kind, files[kind]), ("caption", caption)));
    }

    private PlatformEvent[] ShowAlbum()
    {
        var (album, caption, count) = (NewText().Replace(' ', '-'), NewText(), chance.Next(2, 5));
        var message = chat.Write("customer", "photo", WithCaption("photo", caption), Name(_message + 1));
        message.Caption = caption;
        message.PlatformIds.Clear();
        return
        [
            .. Enumerable.Range(0, count).Select(i =>
            {
                message.PlatformIds.Add(Name(++_message));
                message.Files.Add(files.KindOf("photo"));
                return Event("message", Message(_message, ("media_group_id", album), ("photo", files["photo"]), ("caption", i == 0 ? caption : null)));
            }),
        ];
    }

    private PlatformEvent Edit(ModelMessage message)
    {
        var (text, id) = (NewText(), int.Parse(message.PlatformIds[0], CultureInfo.InvariantCulture));
        message.IsEdited = true;
        if (message.Caption is null)
        {
            message.Content = text;
            return Event("edited_message", Message(id, ("text", text), ("edit_date", Now())));
        }

        (message.Content, message.Caption) = (WithCaption("photo", text), text);
        return Event("edited_message", Message(id, ("photo", files["photo"]), ("caption", text), ("edit_date", Now())));
    }

    private PlatformEvent React(string id, ModelMessage message, string? emoji)
    {
        ModelChat.React(message, emoji);
        return Event("message_reaction", new JsonObject
        {
            ["chat"] = ChatShape(),
            ["message_id"] = int.Parse(id, CultureInfo.InvariantCulture),
            ["user"] = Person(),
            ["date"] = Now(),
            ["old_reaction"] = new JsonArray(),
            ["new_reaction"] = emoji is null ? [] : new JsonArray(new JsonObject { ["type"] = "emoji", ["emoji"] = emoji }),
        });
    }

    private PlatformEvent Event(string kind, JsonObject content, string? says = null) =>
        new(false, System.Text.Json.JsonSerializer.SerializeToUtf8Bytes(new JsonObject { ["update_id"] = ++_update, [kind] = content }), says);

    private JsonObject Message(int id, params ReadOnlySpan<(string Name, JsonNode? Value)> content)
    {
        var message = new JsonObject { ["message_id"] = id, ["from"] = Person(), ["chat"] = ChatShape(), ["date"] = Now() };
        foreach (var (name, value) in content)
        {
            if (value is not null)
            {
                message[name] = value;
            }
        }

        return message;
    }

    // Several things happen within a second, as platforms count them.
    private long Now() => began.ToUnixTimeSeconds() + ((_update - FirstId) % IdsEach / 5);

    private string NewText() => $"t{number} says {++_said}";

    private int _said;

    private string WithCaption(string kind, string? caption) => caption is null ? files.ContentOf(kind) : $"{files.ContentOf(kind)} {caption}";

    private JsonObject Person() => new() { ["id"] = _customer, ["is_bot"] = false, ["first_name"] = $"Customer {number}" };

    private JsonObject ChatShape() => new() { ["id"] = _customer, ["type"] = "private", ["first_name"] = $"Customer {number}" };

    private static string Name(int id) => id.ToString(CultureInfo.InvariantCulture);
}
