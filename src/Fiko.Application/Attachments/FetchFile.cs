using Fiko.Application.Shared;
using Fiko.Domain.Conversations;
using MediatR;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace Fiko.Application.Attachments;

/// <summary>Takes a customer's file that is due, and records that an attempt to fetch it begins. Null where there is nothing to do.</summary>
public sealed record ClaimFile(long AttachmentId) : ICommand<ClaimedFetch?>;

/// <summary>A file that is ours to fetch until the lease ends.</summary>
public sealed record ClaimedFetch(
    long AttachmentId, int Version, int Attempt, long ChannelId, string Source, string? SealedToken, string? AccountId, string RemoteId, string StorageKey, string? SaidType)
{
    // The remote id may be an address with a key in it.
    public override string ToString() => $"attachment {AttachmentId}";
}

internal sealed class ClaimFileHandler(IFikoDb db, TimeProvider time, IOptions<FilesOptions> options) : IRequestHandler<ClaimFile, ClaimedFetch?>
{
    private static readonly TimeSpan LeaseSlack = TimeSpan.FromSeconds(30);

    public async Task<ClaimedFetch?> Handle(ClaimFile claim, CancellationToken ct)
    {
        var now = time.Now();
        var file = await db.Attachments.SingleOrDefaultAsync(
            a => a.Id == claim.AttachmentId && a.Status == AttachmentStatus.Pending && a.RemoteId != null && a.DueAt <= now, ct);
        if (file is null || (await db.ReserveAsync<Attachment>([file.Id], ct)).Count == 0)
        {
            return null;
        }

        var channel = await db.Channels.AsNoTracking().SingleAsync(c => c.Id == file.ChannelId, ct);
        file.Begin(FileKey.New(), now + options.Value.FetchTimeout + LeaseSlack);
        await db.SaveChangesAsync(ct);
        return new ClaimedFetch(
            file.Id, file.Version, file.Attempts, channel.Id, channel.Source, channel.SealedToken, channel.ExternalId, file.RemoteId!, file.StorageKey!, file.MediaType);
    }
}

/// <summary>The bytes of a customer's file are in the store.</summary>
/// <returns>False where nobody wants them any more: the message was taken back meanwhile.</returns>
public sealed record RecordFile(ClaimedFetch Fetch, FileContent Content, long Size) : ICommand<bool>;

internal sealed class RecordFileHandler(IFikoDb db) : IRequestHandler<RecordFile, bool>
{
    public async Task<bool> Handle(RecordFile record, CancellationToken ct)
    {
        var file = await db.Attachments.SingleOrDefaultAsync(a => a.Id == record.Fetch.AttachmentId, ct);
        if (file is null or { Status: AttachmentStatus.Deleted })
        {
            return false;
        }

        // Whoever comes late brings the same bytes to the same place.
        if (file.Version == record.Fetch.Version)
        {
            file.Store(record.Content.MediaType, record.Size, record.Content.Width, record.Content.Height);
            await db.TellOfFileAsync(file, ct);
            await db.SaveChangesAsync(ct);
        }

        return true;
    }
}

/// <summary>There will be no bytes of a customer's file.</summary>
/// <param name="Fetch">As it was claimed.</param>
/// <param name="Reason">Fit to be shown.</param>
public sealed record RecordMissingFile(ClaimedFetch Fetch, string Reason) : ICommand<Unit>;

internal sealed class RecordMissingFileHandler(IFikoDb db) : IRequestHandler<RecordMissingFile, Unit>
{
    public async Task<Unit> Handle(RecordMissingFile record, CancellationToken ct)
    {
        if (await db.ClaimedAsync(record.Fetch, ct) is { } file)
        {
            file.GiveUp(record.Reason);
            await db.TellOfFileAsync(file, ct);
            await db.SaveChangesAsync(ct);
        }

        return Unit.Value;
    }
}

/// <summary>A customer's file is to be asked for once more, later.</summary>
public sealed record PostponeFile(ClaimedFetch Fetch, DateTimeOffset Until) : ICommand<Unit>;

internal sealed class PostponeFileHandler(IFikoDb db) : IRequestHandler<PostponeFile, Unit>
{
    public async Task<Unit> Handle(PostponeFile postpone, CancellationToken ct)
    {
        if (await db.ClaimedAsync(postpone.Fetch, ct) is { } file)
        {
            file.Postpone(postpone.Until);
            await db.SaveChangesAsync(ct);
        }

        return Unit.Value;
    }
}

internal static class FetchedFiles
{
    /// <summary>The file, unless somebody else has it by now.</summary>
    public static Task<Attachment?> ClaimedAsync(this IFikoDb db, ClaimedFetch fetch, CancellationToken ct) =>
        db.Attachments.SingleOrDefaultAsync(a => a.Id == fetch.AttachmentId && a.Version == fetch.Version, ct);

    public static async Task TellOfFileAsync(this IFikoDb db, Attachment file, CancellationToken ct)
    {
        if (file.MessageId is { } id && await db.Messages.Include(m => m.Conversation).SingleOrDefaultAsync(m => m.Id == id, ct) is { } message)
        {
            message.Conversation.AttachmentsChange(message);
        }
    }
}
