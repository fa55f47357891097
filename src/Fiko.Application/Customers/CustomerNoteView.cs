using System.Text.Json.Serialization;
using Fiko.Application.Resources;
using Fiko.Application.Shared;
using Fiko.Domain.Customers;
using Fiko.Domain.Shared;
using Microsoft.EntityFrameworkCore;

namespace Fiko.Application.Customers;

/// <summary>What a colleague wrote about a customer.</summary>
/// <param name="EditedAt">Null where nobody edited it.</param>
public sealed record CustomerNoteView(long Id, string Text, NoteAuthor Author, DateTimeOffset CreatedAt, DateTimeOffset? EditedAt) : IVersioned
{
    [JsonIgnore]
    public int Version { get; init; }
}

/// <summary>The agent who wrote it.</summary>
public sealed record NoteAuthor(long UserId, string Username);

internal static class CustomerNoteViews
{
    public static async Task<List<CustomerNoteView>> LoadAsync(this IQueryable<CustomerNote> notes, IFikoDb db, CancellationToken ct)
    {
        var rows = await (
            from note in notes
            join author in db.Agents on note.AuthorId equals author.Id
            select new { note, author }).AsNoTracking().ToListAsync(ct);
        return rows.ConvertAll(r => new CustomerNoteView(
            r.note.Id, r.note.Text, new NoteAuthor(r.author.Id, r.author.DisplayName), r.note.CreatedAt, r.note.EditedAt)
        {
            Version = r.note.Version,
        });
    }

    /// <summary>A note of a customer whom the caller sees.</summary>
    public static async Task<CustomerNote> GetNoteAsync(this IFikoDb db, Caller by, long customer, long id, CancellationToken ct)
    {
        var of = await db.Customers.GetAsync(customer, by, ct);
        return await db.CustomerNotes.SingleOrDefaultAsync(n => n.Id == id && n.CustomerId == of.Id, ct)
            ?? throw new RuleBrokenException("note_not_found", "Note not found");
    }
}
