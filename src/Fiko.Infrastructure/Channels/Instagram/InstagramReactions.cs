namespace Fiko.Infrastructure.Channels.Instagram;

/// <summary>Reactions have names beside their emoji (developers.facebook.com/docs/messenger-platform/instagram/features/webhook).</summary>
internal static class InstagramReactions
{
    private const string Other = "other";

    // The first of a name is shown for it.
    private static readonly (string Emoji, string Name)[] Known =
    [
        ("❤️", "love"), ("❤", "love"), ("👍", "like"), ("😆", "laugh"), ("😂", "laugh"), ("😮", "wow"), ("😢", "sad"), ("😡", "angry"), ("😠", "angry"),
    ];

    public static string EmojiOf(string? name) => Known.FirstOrDefault(k => k.Name == name).Emoji ?? "❔";

    /// <summary>What the platform is told: its own name for an emoji, or the emoji.</summary>
    public static string NameOf(string emoji) => Known.FirstOrDefault(k => k.Emoji == emoji).Name ?? (emoji.Length == 0 ? Other : emoji);
}
