using Fiko.Application.Shared;
using Fiko.Domain.Conversations;
using MediatR;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace Fiko.Application.Attachments;

/// <summary>Gives up uploads that no message took for long, and places whose bytes never came.</summary>
/// <returns>How many.</returns>
public sealed record DropStaleFiles : IRequest<int>;

internal sealed class DropStaleFilesHandler(IFikoDb db, IMediator mediator, TimeProvider time, IOptions<FilesOptions> options) : IRequestHandler<DropStaleFiles, int>
{
    private const int Batch = 100;

    public async Task<int> Handle(DropStaleFiles drop, CancellationToken ct)
    {
        var now = time.Now();
        var unusedSince = now - options.Value.UnusedAfter;
        var unused = await db.Attachments
            .Where(a => a.MessageId == null && a.UploadedBy != null && a.CreatedAt <= unusedSince && a.Status == AttachmentStatus.Ready)
            .OrderBy(a => a.CreatedAt).Take(Batch).Select(a => a.Id).ToListAsync(ct);
        var abandoned = await db.Attachments
            .Where(a => a.Status == AttachmentStatus.Pending && a.DueAt <= now && a.RemoteId == null)
            .OrderBy(a => a.DueAt).Take(Batch).Select(a => a.Id).ToListAsync(ct);
        foreach (var id in unused.Concat(abandoned))
        {
            await mediator.Send(new DropFile(id), ct);
        }

        return unused.Count + abandoned.Count;
    }
}

/// <summary>Gives up a file that no message carries: an upload, or a picture that did not come to be shown.</summary>
public sealed record DropFile(long AttachmentId) : ICommand<Unit>;

internal sealed class DropFileHandler(IFikoDb db) : IRequestHandler<DropFile, Unit>
{
    public async Task<Unit> Handle(DropFile drop, CancellationToken ct)
    {
        if (await db.Attachments.SingleOrDefaultAsync(a => a.Id == drop.AttachmentId && a.MessageId == null, ct) is { } file)
        {
            file.Abandon();
            await db.SaveChangesAsync(ct);
        }

        return Unit.Value;
    }
}

/// <summary>Files whose bytes are to go, oldest first.</summary>
public sealed record ListFilesToForget : IRequest<IReadOnlyList<FileToForget>>;

public sealed record FileToForget(long AttachmentId, string StorageKey);

internal sealed class ListFilesToForgetHandler(IFikoDb db, TimeProvider time) : IRequestHandler<ListFilesToForget, IReadOnlyList<FileToForget>>
{
    private const int Batch = 100;

    public async Task<IReadOnlyList<FileToForget>> Handle(ListFilesToForget list, CancellationToken ct)
    {
        var now = time.Now();
        return await db.Attachments
            .Where(a => a.Status == AttachmentStatus.Deleted && a.StorageKey != null && (a.DueAt == null || a.DueAt <= now))
            .OrderBy(a => a.Id)
            .Take(Batch)
            .Select(a => new FileToForget(a.Id, a.StorageKey!))
            .ToListAsync(ct);
    }
}

/// <summary>The store has forgotten a deleted file's bytes. Its row stays for its message's tombstone, and goes where there is none.</summary>
public sealed record RecordForgottenFile(long AttachmentId) : ICommand<Unit>;

internal sealed class RecordForgottenFileHandler(IFikoDb db) : IRequestHandler<RecordForgottenFile, Unit>
{
    public async Task<Unit> Handle(RecordForgottenFile record, CancellationToken ct)
    {
        if (await db.Attachments.SingleOrDefaultAsync(a => a.Id == record.AttachmentId && a.Status == AttachmentStatus.Deleted, ct) is not { } file)
        {
            return Unit.Value;
        }

        file.Forget();
        if (file.MessageId is null)
        {
            db.Attachments.Remove(file);
        }

        await db.SaveChangesAsync(ct);
        return Unit.Value;
    }
}
