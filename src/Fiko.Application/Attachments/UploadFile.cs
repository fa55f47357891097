using Fiko.Application.Audit;
using Fiko.Application.Shared;
using Fiko.Domain.Conversations;
using Fiko.Domain.Shared;
using MediatR;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace Fiko.Application.Attachments;

/// <summary>An agent brings a file for a message to come (rest.md, attachments). It goes to the store as it is read, never whole into memory.</summary>
public sealed record UploadFile(Caller By, string? Name, Stream Content) : IRequest<AttachmentView>;

internal sealed class UploadFileHandler(IMediator mediator, IFileStore store, IFileLinks links, IOptions<FilesOptions> options) : IRequestHandler<UploadFile, AttachmentView>
{
    public async Task<AttachmentView> Handle(UploadFile upload, CancellationToken ct)
    {
        var head = new byte[FileContent.HeadLength];
        using var bounded = new BoundedStream(upload.Content, options.Value.MaxUploadSize);
        var known = await bounded.ReadAtLeastAsync(head, head.Length, throwOnEndOfStream: false, ct);
        if (known == 0)
        {
            throw new RuleBrokenException("attachment_empty", "The file is empty", "file");
        }

        var place = await mediator.Send(new ReserveUpload(upload.By, FileName.Clean(upload.Name)), ct);
        try
        {
            using var content = new RejoinedStream(head.AsMemory(0, known), bounded);
            await store.SaveAsync(place.StorageKey, content, ct);
            var kept = await mediator.Send(new KeepUpload(upload.By, place.Id, FileContent.Recognise(head.AsSpan(0, known)), bounded.Count), CancellationToken.None);
            return AttachmentView.Of(kept, links);
        }
        catch
        {
            // Bytes, if there are any, go with the row; what a crash leaves ends with the place's lease.
            await mediator.Send(new DropFile(place.Id), CancellationToken.None);
            throw;
        }
    }
}

/// <summary>A row for an upload, and its place in the store: before the bytes, so that none are ever kept that no row knows of.</summary>
internal sealed record ReserveUpload(Caller By, string Name) : ICommand<ReservedPlace>;

internal sealed record ReservedPlace(long Id, string StorageKey);

internal sealed class ReserveUploadHandler(IFikoDb db, TimeProvider time, IOptions<FilesOptions> options) : IRequestHandler<ReserveUpload, ReservedPlace>
{
    // Longer than anybody sends 20 MiB; what takes longer is dropped.
    private static readonly TimeSpan Lease = TimeSpan.FromHours(1);

    public async Task<ReservedPlace> Handle(ReserveUpload reserve, CancellationToken ct)
    {
        var unused = await db.Attachments.CountAsync(
            a => a.UploadedBy == reserve.By.AgentId && a.MessageId == null && a.Status != AttachmentStatus.Deleted, ct);
        if (unused >= options.Value.MaxUnusedUploads)
        {
            throw new RuleBrokenException("too_many_uploads", $"You have {unused} uploads that no message carries; send some first");
        }

        var now = time.Now();
        var file = Attachment.Uploading(reserve.By.WorkspaceId, reserve.By.AgentId, reserve.Name, FileKey.New(), now + Lease, now);
        db.Attachments.Add(file);
        await db.SaveChangesAsync(ct);
        return new ReservedPlace(file.Id, file.StorageKey!);
    }
}

internal sealed record KeepUpload(Caller By, long Id, FileContent Content, long Size) : ICommand<Attachment>, IAudited<Attachment>
{
    public AuditNote? Audit(Attachment result) => new("attachment.uploaded", new AttachmentId(Id).ToString());
}

internal sealed class KeepUploadHandler(IFikoDb db) : IRequestHandler<KeepUpload, Attachment>
{
    public async Task<Attachment> Handle(KeepUpload keep, CancellationToken ct)
    {
        var file = await db.Attachments.SingleOrDefaultAsync(a => a.Id == keep.Id && a.Status == AttachmentStatus.Pending, ct)
            ?? throw new RuleBrokenException("attachment_not_found", "The upload took too long");
        file.Store(keep.Content.MediaType, keep.Size, keep.Content.Width, keep.Content.Height);
        await db.SaveChangesAsync(ct);
        return file;
    }
}
