using System.Text;
using System.Text.Json.Nodes;

namespace Fiko.WebApi.Sandbox.Instagram;

/// <summary>`POST /{id}/messages`: messages, and the signs of typing, seeing and liking (developers.facebook.com/docs/instagram-platform/instagram-api-with-instagram-login/messaging-api).</summary>
internal sealed class GraphSends(MediaFetch fetch, SandboxMedia media)
{
    private const int LongestText = 1000;
    private const int MostImages = 10;

    public async Task<(GraphAnswer Answer, Task Echo)> CallAsync(SandboxAccount account, JsonObject? body, CancellationToken ct)
    {
        var recipient = Text(body, "recipient", "id") ?? throw Parameter("The parameter recipient is required.");
        var thread = account.Find(recipient) ?? throw new GraphRefusal(GraphErrors.NoSuchUser());
        if (Text(body, "sender_action") is { } action)
        {
            Act(thread, action, body?["payload"]);
            return (GraphAnswer.Ok(new JsonObject { ["recipient_id"] = recipient }), Task.CompletedTask);
        }

        var tag = Tag(body);
        if (body?["message"] is not JsonObject message)
        {
            throw Parameter("The parameter message is required.");
        }

        // Asked before the file is fetched, as it decides whether there is a point in it; and again when all is there.
        thread.RefuseIfClosed(tag);
        var (taken, echo) = thread.Take(await ContentAsync(message, ct), tag);
        return (GraphAnswer.Ok(new JsonObject { ["recipient_id"] = recipient, ["message_id"] = taken.Mid }), echo);
    }

    private static void Act(SandboxThread thread, string action, JsonNode? payload)
    {
        thread.RefuseIfClosed(SandboxThread.HumanAgent);
        switch (action)
        {
            case "typing_on" or "typing_off":
                thread.ShowTyping(action is "typing_on");
                break;
            case "mark_seen":
                thread.MarkSeen();
                break;
            case "react":
                var reaction = Text(payload, "reaction") ?? throw Parameter("The parameter payload[reaction] is required.");
                thread.ReactAsBusiness(Mid(payload), InstagramShapes.EmojiOf(reaction) ?? reaction);
                break;
            case "unreact":
                thread.ReactAsBusiness(Mid(payload), null);
                break;
            default:
                throw Parameter("Param sender_action must be one of {typing_on, typing_off, mark_seen, react, unreact}");
        }
    }

    private async Task<InstagramContent> ContentAsync(JsonObject message, CancellationToken ct)
    {
        JsonNode?[] attachments = message["attachments"] is JsonArray several ? several.ToArray() : message["attachment"] is { } one ? [one] : [];
        var text = Text(message, "text");
        if (attachments is [])
        {
            return new(InstagramContent.TextKind, Checked(text)) { ReplyTo = Text(message, "reply_to", "mid") };
        }

        if (text is not null)
        {
            throw Parameter("Text and attachment can not be sent in one message.");
        }

        if (attachments.Length > MostImages || (attachments.Length > 1 && attachments.Any(a => Text(a, "type") is not "image")))
        {
            throw Parameter($"Up to {MostImages} attachments are allowed, and only images.");
        }

        var content = new List<InstagramAttachment>();
        foreach (var attachment in attachments)
        {
            content.Add(await AttachmentAsync(attachment, ct));
        }

        return new(content[0].Type is "image" ? "photo" : content[0].Type) { Attachments = content };
    }

    private async Task<InstagramAttachment> AttachmentAsync(JsonNode? attachment, CancellationToken ct)
    {
        var type = Text(attachment, "type");
        if (type is "like_heart")
        {
            return new(type);
        }

        if (!MediaFetch.Knows(type))
        {
            throw Parameter("Param message[attachment][type] must be one of {audio, file, image, video, like_heart}");
        }

        var file = await fetch.GetAsync(type!, Text(attachment, "payload", "url"), ct);
        return new(type!, media.Keep(file), file.Name);
    }

    private static string Checked(string? text) =>
        string.IsNullOrWhiteSpace(text) ? throw Parameter("Param message[text] must be a non-empty UTF-8 encoded string")
        : Encoding.UTF8.GetByteCount(text) > LongestText ? throw Parameter($"Length of param message[text] must be less than or equal to {LongestText}")
        : text;

    private static string? Tag(JsonObject? body) => (Text(body, "messaging_type"), Text(body, "tag")) switch
    {
        (null or "RESPONSE" or "UPDATE", null) => null,
        ("MESSAGE_TAG", SandboxThread.HumanAgent) => SandboxThread.HumanAgent,
        _ => throw Parameter("Param tag must be HUMAN_AGENT, with messaging_type MESSAGE_TAG"),
    };

    private static string Mid(JsonNode? payload) => Text(payload, "message_id") ?? throw Parameter("The parameter payload[message_id] is required.");

    // A foreign shape is the same as a missing one.
    private static string? Text(JsonNode? node, params ReadOnlySpan<string> path)
    {
        foreach (var name in path)
        {
            node = (node as JsonObject)?[name];
        }

        return node is JsonValue value && value.TryGetValue<string>(out var text) ? text : null;
    }

    private static GraphRefusal Parameter(string reason) => new(GraphErrors.Parameter(reason));
}
