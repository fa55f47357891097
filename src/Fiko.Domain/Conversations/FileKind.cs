namespace Fiko.Domain.Conversations;

/// <summary>What a file is to a person who looks at the chat: the wire's <c>attachments[].kind</c>. Names, not an enum: platforms invent new ones.</summary>
public static class FileKind
{
    public const string Image = "image";
    public const string Video = "video";

    /// <summary>Plays by itself, again and again, without sound.</summary>
    public const string Animation = "animation";

    /// <summary>A round video.</summary>
    public const string VideoNote = "video_note";
    public const string Audio = "audio";
    public const string Voice = "voice";
    public const string Sticker = "sticker";
    public const string File = "file";

    /// <summary>Somebody else's post, reel or story, kept as a link or a copy.</summary>
    public const string Share = "share";

    /// <summary>A customer's picture.</summary>
    public const string Avatar = "avatar";
}
