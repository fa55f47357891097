using Fiko.Domain.Conversations;

namespace Fiko.Application.Attachments;

/// <summary>A file as sockets and REST show it.</summary>
/// <param name="Id"><c>att_123</c>.</param>
/// <param name="Kind">What it is to a person: <c>image</c>, <c>voice</c>, <c>file</c> …</param>
/// <param name="Name">As its owner called it.</param>
/// <param name="MediaType">By its content once the bytes are here.</param>
/// <param name="Size">Bytes.</param>
/// <param name="Width">Pixels.</param>
/// <param name="Height">Pixels.</param>
/// <param name="Duration">Seconds.</param>
/// <param name="Status"><c>pending</c> until the bytes are here, then <c>ready</c>; or <c>link</c>, <c>unavailable</c>, <c>deleted</c>.</param>
/// <param name="Url">Where to get it: a path on this server with a signature that ends, or a public page; null while there is nothing to get.</param>
/// <param name="Problem">Why there is nothing to get, in words for an agent.</param>
public sealed record AttachmentView(
    string Id,
    string Kind,
    string? Name,
    string? MediaType,
    long? Size,
    int? Width,
    int? Height,
    int? Duration,
    AttachmentStatus Status,
    string? Url,
    string? Problem)
{
    /// <summary>What everybody who sees the message may see of its file.</summary>
    public static AttachmentView Of(Attachment file, IFileLinks links) => new(
        new AttachmentId(file.Id).ToString(),
        file.Kind,
        file.Name,
        file.MediaType,
        file.Size,
        file.Width,
        file.Height,
        file.Duration,
        file.Status,
        file.Status switch
        {
            AttachmentStatus.Ready => links.PathOf(file.Id),
            AttachmentStatus.Link => file.Link,
            _ => null,
        },
        file.Problem);
}
