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

    /// <summary>What an upload is to a person, by its content. What only some browsers show as a picture is a file.</summary>
    public static string Of(string mediaType) => mediaType switch
    {
        "image/gif" => Animation,
        "image/jpeg" or "image/png" or "image/webp" => Image,
        "audio/ogg" => Voice,
        _ when mediaType.StartsWith("audio/", StringComparison.Ordinal) => Audio,
        _ when mediaType.StartsWith("video/", StringComparison.Ordinal) => Video,
        _ => File,
    };
}
