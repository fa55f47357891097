using Fiko.Application.Channels;
using Fiko.Application.Shared;
using Fiko.Domain.Conversations;
using Fiko.Domain.Shared;
using Microsoft.EntityFrameworkCore;

namespace Fiko.Application.Messaging;

/// <summary>The uploads that an agent sends with a message.</summary>
internal sealed class MessageFiles(IFikoDb db)
{
    private const int MostFiles = 10;

    public static bool AreWellNamed(IReadOnlyList<string?>? ids) =>
        ids is null || (ids.Count <= MostFiles && ids.All(id => AttachmentId.TryParse(id, out _)) && ids.Distinct().Count() == ids.Count);

    /// <summary>The caller's own uploads, in the order of their ids in the frame. One upload goes with one message.</summary>
    /// <exception cref="RuleBrokenException"><c>attachment_not_found</c>, or <c>attachment_refused</c> with the platform's limit.</exception>
    public async Task<IReadOnlyList<Attachment>> TakeAsync(Caller by, IReadOnlyList<string?>? ids, IChannel? channel, CancellationToken ct)
    {
        if (ids is null or [])
        {
            return [];
        }

        var wanted = ids.Select(id => AttachmentId.TryParse(id, out var read) ? read.Value : 0).ToList();
        var found = await db.Attachments.VisibleTo(by)
            .Where(a => wanted.Contains(a.Id) && a.UploadedBy == by.AgentId && a.MessageId == null && a.Status == AttachmentStatus.Ready)
            .ToListAsync(ct);
        if (found.Count != wanted.Count)
        {
            throw Access.AttachmentNotFound("attachments");
        }

        foreach (var file in found)
        {
            Check(file, channel);
        }

        return [.. found.OrderBy(a => wanted.IndexOf(a.Id))];
    }

    /// <summary>What lists show of a message with files, and what a client that knows files shows instead.</summary>
    public static OutgoingMessage Describe(string text, IReadOnlyList<Attachment> files, OutgoingMessage message)
    {
        if (files.Count == 0)
        {
            return message;
        }

        var names = string.Join(" ", files.Select(f => $"[{f.Kind}] {f.Name}"));
        return message with
        {
            Content = text.Length == 0 ? names : $"{names}\n{text}",
            Kind = files.Count == 1 ? files[0].Kind : "files",
            Caption = text.Length == 0 ? null : text,
            Files = files,
        };
    }

    /// <summary>The sends that it takes.</summary>
    public static IEnumerable<OutgoingPiece> Plan(IChannel? channel, string text, IReadOnlyList<Attachment> files) =>
        channel?.Plan(text, [.. files.Select(FactsOf)]).Select(part => new OutgoingPiece(part.Text, part.File is { } index ? files[index] : null))
        ?? [new OutgoingPiece(text)];

    public static FileFacts FactsOf(Attachment file) =>
        new(file.Kind, file.Name ?? file.Kind, file.MediaType ?? "application/octet-stream", file.Size ?? 0);

    private static void Check(Attachment file, IChannel? channel)
    {
        var objection = channel switch
        {
            null => null,
            ICarriesFiles carrier => carrier.Objection(FactsOf(file)),
            _ => "This channel takes no files",
        };
        if (objection is not null)
        {
            throw new RuleBrokenException("attachment_refused", objection, "attachments");
        }
    }
}
