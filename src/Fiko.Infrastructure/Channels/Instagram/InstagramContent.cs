using System.Text.Json;
using Fiko.Application.Channels;
using Fiko.Domain.Conversations;

namespace Fiko.Infrastructure.Channels.Instagram;

/// <summary>What a message holds: its text, or a placeholder that says what cannot be shown as text, and its files.</summary>
/// <param name="Kind">One word for it.</param>
/// <param name="Content">Never empty.</param>
/// <param name="Text">The words alone; null where there are none.</param>
internal sealed record InstagramContent(string Kind, string Content, string? Text, IReadOnlyList<InboundFile> Files)
{
    // Far above the 1000 bytes that may be sent: nobody promises the same limit for what comes in.
    private const int Longest = 8192;
    private const int MostFiles = 30;
    private const int LongestTitle = 255;

    private const string StoryReply = "story_reply";
    private const string Unsupported = "unsupported";

    /// <summary>The words where <see cref="Content"/> holds a placeholder too.</summary>
    public string? Caption => Content == Text ? null : Text;

    public static InstagramContent Of(JsonElement message)
    {
        var text = message.Text("text") is { } words && !string.IsNullOrWhiteSpace(words) ? PlainText.Cut(words, Longest) : null;
        var shown = (message.Array("attachments")?.EnumerateArray() ?? default).Take(MostFiles).Select(Show).ToList();
        if (message.Object("reply_to")?.Object("story") is { } story)
        {
            shown.Insert(0, new Shown(StoryReply, "[reply to your story]", Address(story) is { } url ? Fetched(FileKind.Share, url, null) : Missing("The story can't be seen any more")));
        }

        if (shown.Count == 0)
        {
            // A quick reply's text is what the button says; where it is missing, what the business called it.
            text ??= PlainText.Clean(message.Object("quick_reply")?.Text("payload"), Longest);
            return text is null || message.IsTrue("is_unsupported")
                ? new InstagramContent(Unsupported, Cut("[unsupported message]", text), text, [])
                : new InstagramContent("text", text, text, []);
        }

        return new InstagramContent(
            shown[0].Kind, Cut(string.Join(' ', shown.Select(s => s.Label)), text), text, [.. shown.Where(s => s.File is not null).Select(s => s.File!)]);
    }

    private static Shown Show(JsonElement attachment)
    {
        var payload = attachment.Object("payload") ?? default;
        var (url, title) = (Address(payload), PlainText.Clean(payload.Text("title"), LongestTitle)?.ReplaceLineEndings(" "));
        return attachment.Text("type") switch
        {
            "image" => Media(FileKind.Image, url),
            "video" => Media(FileKind.Video, url),
            "audio" => Media(FileKind.Audio, url),
            "file" => Media(FileKind.File, url),
            "share" or "ig_post" or "media" => new Shown("share", Label("shared post", title), Linked(url, title)),
            "reel" or "ig_reel" => new Shown("reel", Label("shared reel", title), Linked(url, title)),
            "story_mention" => new Shown("story_mention", "[mentioned you in a story]", Story(url)),
            "story" or "ig_story" => new Shown("story", "[shared story]", Story(url)),
            "ephemeral" => new Shown("ephemeral", "[view-once media]", Missing("View-once media can be seen in the Instagram app only")),
            "like_heart" => new Shown("like_heart", "❤️", null),
            _ => new Shown(Unsupported, "[unsupported attachment]", url is null ? null : Linked(url, title)),
        };
    }

    private static Shown Media(string kind, string? url) => new(
        kind, $"[{kind}]", url is null ? Missing("Instagram named no address for it") with { Kind = kind } : Fetched(kind, url, null));

    // A story's address stops working when the story ends: it is fetched, not linked to.
    private static InboundFile Story(string? url) => url is null ? Missing("The story can't be seen any more") : Fetched(FileKind.Share, url, null);

    // Somebody else's post stays where it is: it may be shown, not copied.
    private static InboundFile Linked(string? url, string? title) =>
        url is null ? Missing("Instagram named no address for it") : new InboundFile(FileKind.Share) { Link = url, Name = title };

    private static InboundFile Fetched(string kind, string url, string? name) => new(kind) { RemoteId = url, Name = name };

    private static InboundFile Missing(string problem) => new(FileKind.Share) { Problem = problem };

    private static string? Address(JsonElement parent) =>
        parent.Text("url") is { Length: <= 4000 } url && Uri.TryCreate(url, UriKind.Absolute, out var address) && address.Scheme is "https" or "http" ? url : null;

    private static string Label(string what, string? title) => title is null ? $"[{what}]" : $"[{what}: {title}]";

    private static string Cut(string label, string? text) => PlainText.Cut(text is null ? label : $"{label} {text}", Longest);

    private sealed record Shown(string Kind, string Label, InboundFile? File);
}
