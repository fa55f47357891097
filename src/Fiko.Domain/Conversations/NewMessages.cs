namespace Fiko.Domain.Conversations;

/// <summary>What came from a platform, as the channel understood it.</summary>
/// <param name="Kind"><c>text</c>, or what the placeholder in <paramref name="Content"/> stands for.</param>
/// <param name="Content">Readable in any case.</param>
/// <param name="ExternalId">The platform's id of the message within <c>Scope</c>.</param>
/// <param name="ReplyToId">The message of ours that it answers.</param>
public sealed record IncomingMessage(string Kind, string Content, string? ExternalId, long? ReplyToId = null)
{
    /// <summary>Within what the id is unique: see <see cref="PlatformId"/>.</summary>
    public string Scope { get; init; } = "";

    public string? Caption { get; init; }

    public string? Album { get; init; }

    public IReadOnlyList<IncomingFile> Files { get; init; } = [];
}

/// <summary>A file as the platform describes it: with an id to fetch it by, a link to be kept, or the reason why there is neither.</summary>
public sealed record IncomingFile(string Kind)
{
    public string? RemoteId { get; init; }

    public string? Link { get; init; }

    public string? Problem { get; init; }

    public string? Name { get; init; }

    public string? MediaType { get; init; }

    public long? Size { get; init; }

    public int? Width { get; init; }

    public int? Height { get; init; }

    public int? Duration { get; init; }
}

/// <summary>What an agent wants to say.</summary>
public sealed record OutgoingMessage(string Content, long SenderId, string? ClientId = null, long? ReplyToId = null)
{
    public string Kind { get; init; } = Message.Text;

    /// <summary>Tells another message with the same client id from this one.</summary>
    public string? Fingerprint { get; init; }

    /// <summary>What was typed under the files, where <see cref="Content"/> is a placeholder.</summary>
    public string? Caption { get; init; }

    /// <summary>Uploads, in the order in which they go out.</summary>
    public IReadOnlyList<Attachment> Files { get; init; } = [];
}

/// <summary>One send of a message.</summary>
/// <param name="Text">Its words; with a file the caption.</param>
/// <param name="File">The upload that it carries.</param>
public sealed record OutgoingPiece(string Text, Attachment? File = null);
