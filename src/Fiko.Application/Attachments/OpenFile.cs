using System.Security.Cryptography;
using System.Text;
using Fiko.Application.Shared;
using Fiko.Domain.Conversations;
using Fiko.Domain.Shared;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace Fiko.Application.Attachments;

/// <summary>Somebody wants a file's bytes: with a link's signature whoever they are, else as an agent of its workspace.</summary>
/// <param name="By">Null where no token proved anybody.</param>
/// <param name="Id">As the address names it.</param>
/// <param name="Signature">Null where there is none.</param>
public sealed record OpenFile(Caller? By, string Id, string? Signature) : IRequest<OpenedFile>;

/// <summary>A file that is open; whoever has it closes it.</summary>
/// <param name="Bytes">Can seek.</param>
/// <param name="Name">Fit for a header.</param>
/// <param name="MediaType">By its content.</param>
/// <param name="Version">Another one for other bytes.</param>
public sealed record OpenedFile(Stream Bytes, string Name, string MediaType, string Version);

/// <summary>A fresh link to a file that the caller may see.</summary>
public sealed record GetFileLink(Caller By, string Id) : IRequest<FileLink>;

internal sealed class OpenFileHandler(IFikoDb db, IFileStore store, IFileLinks links) : IRequestHandler<OpenFile, OpenedFile>
{
    public async Task<OpenedFile> Handle(OpenFile open, CancellationToken ct)
    {
        var known = AttachmentId.TryParse(open.Id, out var id);
        var file = open switch
        {
            _ when known && links.Opens(id.Value, open.Signature) => await db.Attachments.AsNoTracking().SingleOrDefaultAsync(a => a.Id == id.Value, ct),
            { By: { } caller } => await db.Attachments.AsNoTracking().VisibleTo(caller).SingleOrDefaultAsync(a => a.Id == id.Value, ct),

            // Whether there is such a file is nothing for a stranger.
            _ => throw new RuleBrokenException("auth_required", "Authentication required"),
        };
        file = file.MustHaveBytes();
        var bytes = await store.OpenAsync(file.StorageKey!, ct) ?? throw FileRules.Unavailable("The file has been lost");
        return new OpenedFile(bytes, FileName.Clean(file.Name ?? file.Kind), file.MediaType ?? FileContent.Unknown, VersionOf(file.StorageKey!));
    }

    private static string VersionOf(string storageKey) => Convert.ToHexStringLower(SHA256.HashData(Encoding.ASCII.GetBytes(storageKey)).AsSpan(0, 10));
}

internal sealed class GetFileLinkHandler(IFikoDb db, IFileLinks links) : IRequestHandler<GetFileLink, FileLink>
{
    public async Task<FileLink> Handle(GetFileLink get, CancellationToken ct)
    {
        _ = AttachmentId.TryParse(get.Id, out var id);
        var file = await db.Attachments.AsNoTracking().VisibleTo(get.By).SingleOrDefaultAsync(a => a.Id == id.Value, ct);
        return links.LinkTo(file.MustHaveBytes().Id);
    }
}

internal static class FileRules
{
    /// <summary>What is not there any more was never there; what is not there yet says so.</summary>
    public static Attachment MustHaveBytes(this Attachment? file) => file switch
    {
        { Status: AttachmentStatus.Ready, StorageKey: not null } => file,
        { Status: AttachmentStatus.Pending } => throw new RuleBrokenException("attachment_pending", "The file is still being fetched"),
        { Status: AttachmentStatus.Unavailable } => throw Unavailable(file.Problem ?? "The file is not available"),
        _ => throw Access.AttachmentNotFound(),
    };

    public static RuleBrokenException Unavailable(string reason) => new("attachment_unavailable", reason);
}
