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

    /// <summary>While pending: not to be fetched before, or when an attempt that was begun counts as lost.</summary>
    public DateTimeOffset? DueAt { get; private set; }

    public int Attempts { get; private set; }

    /// <summary>Concurrency token.</summary>
    public int Version { get; private set; }

    /// <summary>An agent's upload, while its bytes come in. It has its place in the store before they are there, so that none are ever kept that no row knows of.</summary>
    public static Attachment Uploading(long workspaceId, long by, string name, string storageKey, DateTimeOffset leaseUntil, DateTimeOffset now) =>
        new(workspaceId, FileKind.File, now) { UploadedBy = by, Name = name, StorageKey = storageKey, DueAt = leaseUntil };

    /// <summary>A customer's picture, while its bytes come in.</summary>
    public static Attachment Picture(long workspaceId, long channelId, string storageKey, DateTimeOffset leaseUntil, DateTimeOffset now) =>
        new(workspaceId, FileKind.Avatar, now) { ChannelId = channelId, StorageKey = storageKey, DueAt = leaseUntil };

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
    /// <param name="storageKey">Where the bytes will be; what an earlier attempt may have left is replaced.</param>
    /// <param name="leaseUntil">When the attempt counts as lost.</param>
    public void Begin(string storageKey, DateTimeOffset leaseUntil) =>
        (StorageKey, Attempts, DueAt, Version) = (StorageKey ?? storageKey, Attempts + 1, leaseUntil, Version + 1);

    /// <summary>The bytes are in the store. What they are is seen from them; an upload's kind, too.</summary>
    public void Store(string mediaType, long size, int? width = null, int? height = null)
    {
        (MediaType, Size, Width, Height) = (mediaType, size, width ?? Width, height ?? Height);
        Kind = UploadedBy is null ? Kind : FileKind.Of(mediaType);
        End(AttachmentStatus.Ready, problem: null);
    }

    public void Postpone(DateTimeOffset until) => (DueAt, Version) = (until, Version + 1);

    /// <summary>There will be no bytes, and the store has none.</summary>
    public void GiveUp(string problem)
    {
        StorageKey = null;
        End(AttachmentStatus.Unavailable, problem);
    }

    /// <summary>It was taken back. The key stays until the store has forgotten the bytes, which is after a fetch that may be under way.</summary>
    public void Delete()
    {
        if (Status is AttachmentStatus.Deleted)
        {
            return;
        }

        var underWay = Status is AttachmentStatus.Pending ? DueAt : null;
        (Name, Link) = (null, null);
        End(AttachmentStatus.Deleted, problem: null);
        DueAt = underWay;
    }

    /// <summary>Nobody will ever need it: an upload that no message took, or one that broke off.</summary>
    public void Abandon()
    {
        Delete();
        DueAt = null;
    }

    /// <summary>Its message is erased. The row stays alone until the store has forgotten the bytes.</summary>
    public void Orphan()
    {
        MessageId = null;
        Delete();
    }

    /// <summary>The store has forgotten the bytes.</summary>
    public void Forget() => (StorageKey, Version) = (null, Version + 1);

    internal void SendWith(int position) => (Position, Version) = (position, Version + 1);

    private void End(AttachmentStatus status, string? problem) =>
        (Status, Problem, RemoteId, DueAt, Version) = (status, problem, null, null, Version + 1);
}
