namespace Fiko.Domain.Conversations;

/// <summary>What there is of a file. Stored and shown by name.</summary>
public enum AttachmentStatus
{
    /// <summary>Its bytes are still on the platform; they are being fetched.</summary>
    Pending,
    Ready,

    /// <summary>Kept as a link to a public page.</summary>
    Link,

    /// <summary>There will be no bytes; the problem says why.</summary>
    Unavailable,

    /// <summary>Taken back, with its bytes.</summary>
    Deleted,
}

/// <summary>
/// A file of a message, or one that an agent has uploaded for a message to come. It exists before its bytes: those are fetched
/// later, and its status says what there is.
/// </summary>
public sealed class Attachment
{
    private Attachment()
    {
    }

    private Attachment(long workspaceId, string kind, DateTimeOffset createdAt) =>
        (WorkspaceId, Kind, CreatedAt) = (workspaceId, kind, createdAt);

    public long Id { get; private set; }

    public long WorkspaceId { get; private set; }

    /// <summary>Null for an upload that no message carries yet, and for a customer's picture.</summary>
    public long? MessageId { get; private set; }

    /// <summary>Whose channel must be asked for the bytes.</summary>
    public long? ChannelId { get; private set; }

    /// <summary>Who uploaded it; only they may send it.</summary>
    public long? UploadedBy { get; private set; }

    /// <summary>Orders the files of a message.</summary>
    public long Position { get; private set; }

    /// <summary>One of <see cref="FileKind"/>.</summary>
    public string Kind { get; private set; } = "";

    public string? Name { get; private set; }

    /// <summary>By its content once the bytes are here, before that as the platform says.</summary>
    public string? MediaType { get; private set; }

    /// <summary>Bytes.</summary>
    public long? Size { get; private set; }

    public int? Width { get; private set; }

    public int? Height { get; private set; }

    /// <summary>Seconds.</summary>
    public int? Duration { get; private set; }

    public AttachmentStatus Status { get; private set; }

    /// <summary>Why there are no bytes, in words for an agent.</summary>
    public string? Problem { get; private set; }

    public string? Link { get; private set; }

    /// <summary>Where the file store keeps it. Outlives a deletion until the bytes are gone, too.</summary>
    public string? StorageKey { get; private set; }

    /// <summary>What the channel needs to fetch it.</summary>
    public string? RemoteId { get; private set; }

    public DateTimeOffset CreatedAt { get; private set; }

    /// <summary>While pending: not to be fetched before.</summary>
    public DateTimeOffset? DueAt { get; private set; }

    public int Attempts { get; private set; }

    /// <summary>Concurrency token.</summary>
    public int Version { get; private set; }

    /// <summary>An agent's upload, with its bytes.</summary>
    public static Attachment Uploaded(long workspaceId, long by, string kind, string name, string mediaType, long size, string storageKey, DateTimeOffset now) =>
        new(workspaceId, kind, now)
        {
            UploadedBy = by,
            Name = name,
            MediaType = mediaType,
            Size = size,
            StorageKey = storageKey,
            Status = AttachmentStatus.Ready,
        };

    /// <summary>A customer's picture, to be fetched.</summary>
    public static Attachment Picture(long workspaceId, long channelId, string remoteId, DateTimeOffset now) =>
        new(workspaceId, FileKind.Avatar, now) { ChannelId = channelId, RemoteId = remoteId, DueAt = now };

    /// <summary>A file that came with a message.</summary>
    public static Attachment Received(long workspaceId, long channelId, IncomingFile file, long position, DateTimeOffset now) =>
        new(workspaceId, file.Kind, now)
        {
            ChannelId = channelId,
            Position = position,
            Name = file.Name,
            MediaType = file.MediaType,
            Size = file.Size,
            Width = file.Width,
            Height = file.Height,
            Duration = file.Duration,
            Link = file.Link,
            RemoteId = file.RemoteId,
            Problem = file.Problem,
            DueAt = file.RemoteId is null ? null : now,
            Status = file switch
            {
                { RemoteId: not null } => AttachmentStatus.Pending,
                { Link: not null } => AttachmentStatus.Link,
                _ => AttachmentStatus.Unavailable,
            },
        };

    /// <summary>An attempt to fetch it begins; whoever dies with it leaves it to the next look.</summary>
    public void Begin(DateTimeOffset leaseUntil) => (Attempts, DueAt, Version) = (Attempts + 1, leaseUntil, Version + 1);

    public void Store(string storageKey, string mediaType, long size)
    {
        (StorageKey, MediaType, Size) = (storageKey, mediaType, size);
        End(AttachmentStatus.Ready, problem: null);
    }

    public void Postpone(DateTimeOffset until) => (DueAt, Version) = (until, Version + 1);

    public void GiveUp(string problem) => End(AttachmentStatus.Unavailable, problem);

    /// <summary>It was taken back. The key stays until the store has forgotten the bytes.</summary>
    public void Delete()
    {
        (Name, Link) = (null, null);
        End(AttachmentStatus.Deleted, problem: null);
    }

    /// <summary>The store has forgotten the bytes.</summary>
    public void Forget() => (StorageKey, Version) = (null, Version + 1);

    internal void SendWith(int position) => (Position, Version) = (position, Version + 1);

    private void End(AttachmentStatus status, string? problem) =>
        (Status, Problem, RemoteId, DueAt, Version) = (status, problem, null, null, Version + 1);
}
