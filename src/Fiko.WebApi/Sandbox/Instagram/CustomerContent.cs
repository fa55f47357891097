using System.Globalization;
using System.Security.Cryptography;

namespace Fiko.WebApi.Sandbox.Instagram;

/// <summary>What a customer can send, by the name of its path; with files of their own or made-up ones.</summary>
internal sealed class CustomerContent(SandboxMedia media)
{
    public const int LongestText = 4096;

    private const int LargestFile = 128 * 1024 * 1024;
    private const int MostFiles = 10;

    private static readonly Dictionary<string, string> Files = new()
    {
        ["photo"] = "image",
        ["video"] = "video",
        ["audio"] = "audio",
        ["file"] = "file",
    };

    private static readonly string[] Shares = ["share", "ig_post", "media", "story", "ig_story"];

    public static readonly string[] Kinds =
        [.. Files.Keys, "story_reply", "story_mention", "share", "reel", "heart", "ephemeral", "unsupported", "quick_reply"];

    public InstagramContent Of(string kind, CustomerBody body, IReadOnlyList<MediaFile> files)
    {
        var text = string.IsNullOrEmpty(body.Text) ? null : TextOf(body.Text);
        var content = kind switch
        {
            "story_reply" => new InstagramContent(kind, text ?? "😍") { Story = new(NewId(), Path("image", body, files)) },
            "story_mention" => With(kind, null, new InstagramAttachment("story_mention", Path("image", body, files))),
            "share" => With(kind, text, new InstagramAttachment(ShareType(body.Type), Path("image", body, files)) { Title = body.Title ?? "A shared post" }),
            "reel" => With(kind, text, new InstagramAttachment("ig_reel", Path("video", body, files)) { Title = body.Title ?? "A shared reel", ReelId = NewId() }),
            "heart" => With(kind, null, new InstagramAttachment("like_heart")),
            "ephemeral" => With(kind, null, new InstagramAttachment("ephemeral")),
            "unsupported" => new InstagramContent(kind) { IsUnsupported = true },
            "quick_reply" => new InstagramContent(InstagramContent.TextKind, text ?? "Yes") { QuickReply = body.Payload ?? "YES" },
            _ => With(kind, text, Attachments(Files[kind], body, files)),
        };
        return content with { ReplyTo = body.ReplyTo };
    }

    public static string TextOf(string? text) => text switch
    {
        { Length: > LongestText } => throw Refusal($"text is longer than {LongestText} characters."),
        { } some when !string.IsNullOrWhiteSpace(some) => some,
        _ => throw Refusal("text is missing or empty."),
    };

    private static InstagramContent With(string kind, string? text, params InstagramAttachment[] attachments) => new(kind, text) { Attachments = attachments };

    private InstagramAttachment[] Attachments(string type, CustomerBody body, IReadOnlyList<MediaFile> files)
    {
        if (files is [])
        {
            if (body is not { Count: >= 1 and <= MostFiles, Size: >= 0 and <= LargestFile })
            {
                throw Refusal($"count is 1 to {MostFiles}, size 0 to {LargestFile} bytes.");
            }

            files = [.. Enumerable.Range(0, body.Count).Select(_ => MadeFiles.Of(type, body.Size))];
        }

        return [.. files.Select(f => new InstagramAttachment(type, media.Keep(f), f.Name))];
    }

    private string Path(string type, CustomerBody body, IReadOnlyList<MediaFile> files) => Attachments(type, body with { Count = 1 }, files)[0].Path!;

    private static string ShareType(string? type) => type is null ? "share"
        : Shares.Contains(type) ? type
        : throw Refusal($"type is one of {string.Join(", ", Shares)}.");

    private static string NewId() => string.Create(CultureInfo.InvariantCulture, $"179{RandomNumberGenerator.GetInt32(10_000_000, 100_000_000)}{RandomNumberGenerator.GetInt32(100_000, 1_000_000)}");

    private static SandboxRefusal Refusal(string reason) => new(StatusCodes.Status400BadRequest, reason);
}
