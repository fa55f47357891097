using System.Text.Json.Nodes;

namespace Fiko.WebApi.Sandbox.Instagram;

/// <summary>The items of a webhook's `messaging` list (developers.facebook.com/docs/instagram-platform/webhooks/examples).</summary>
internal static class InstagramShapes
{
    // Meta's words for the reactions it knows; all others are `other`.
    private static readonly Dictionary<string, string> Words = new()
    {
        ["❤"] = "love",
        ["❤️"] = "love",
        ["👍"] = "like",
        ["😂"] = "laugh",
        ["😆"] = "laugh",
        ["😮"] = "wow",
        ["😢"] = "sad",
        ["😡"] = "angry",
    };

    public static JsonObject Message(ThreadMessage message, Func<string, string> absolute)
    {
        var (shape, content) = (new JsonObject { ["mid"] = message.Mid }, message.Content);
        if (content.IsUnsupported)
        {
            shape["is_unsupported"] = true;
            return shape;
        }

        AddIf(shape, "text", content.Text);
        if (content.Attachments is not [])
        {
            shape["attachments"] = new JsonArray([.. content.Attachments.Select(a => Attachment(a, absolute))]);
        }

        if (content.ReplyTo is { } original)
        {
            shape["reply_to"] = new JsonObject { ["mid"] = original };
        }
        else if (content.Story is { } story)
        {
            shape["reply_to"] = new JsonObject { ["story"] = new JsonObject { ["url"] = absolute(story.Path), ["id"] = story.Id } };
        }

        if (content.QuickReply is { } payload)
        {
            shape["quick_reply"] = new JsonObject { ["payload"] = payload };
        }

        if (message.FromBusiness)
        {
            shape["is_echo"] = true;
        }

        return shape;
    }

    public static JsonObject Deleted(string mid) => new() { ["mid"] = mid, ["is_deleted"] = true };

    public static JsonObject Reaction(string mid, string? emoji) => emoji is null
        ? new() { ["mid"] = mid, ["action"] = "unreact" }
        : new() { ["mid"] = mid, ["action"] = "react", ["reaction"] = Words.GetValueOrDefault(emoji, "other"), ["emoji"] = emoji };

    public static JsonObject Edit(string mid, string? text, int number)
    {
        var shape = new JsonObject { ["mid"] = mid };
        AddIf(shape, "text", text);
        shape["num_edit"] = number;
        return shape;
    }

    /// <summary>The emoji of one of Meta's words; null for any other.</summary>
    public static string? EmojiOf(string? word) => Words.FirstOrDefault(w => w.Value == word).Key is { } emoji ? emoji == "❤" ? "❤️" : emoji : null;

    private static JsonObject Attachment(InstagramAttachment attachment, Func<string, string> absolute)
    {
        var shape = new JsonObject { ["type"] = attachment.Type };
        if (attachment.Path is { } path)
        {
            var payload = new JsonObject { ["url"] = absolute(path) };
            AddIf(payload, "title", attachment.Title);
            AddIf(payload, "reel_video_id", attachment.ReelId);
            shape["payload"] = payload;
        }

        return shape;
    }

    private static void AddIf(JsonObject shape, string name, string? value)
    {
        if (value is not null)
        {
            shape[name] = value;
        }
    }
}
