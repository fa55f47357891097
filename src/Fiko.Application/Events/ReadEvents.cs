using System.Text.Json.Serialization;
using Fiko.Application.Attachments;
using Fiko.Application.Realtime;
using Fiko.Application.Shared;
using FluentValidation;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace Fiko.Application.Events;

/// <summary>What happened in the workspace after a place in its log, in the log's order.</summary>
/// <param name="By">Who asks: an owner or an admin, as programs log in.</param>
/// <param name="After">A cursor, or <c>beginning</c>; the newest place where null.</param>
/// <param name="Limit">1–500; 50 where null.</param>
/// <param name="Types">The events that are wanted, by name; all where null.</param>
public sealed record ReadEvents(Caller By, string? After = null, int? Limit = null, IReadOnlyCollection<string>? Types = null) : IRequest<EventPage>;

/// <param name="Items">Oldest first.</param>
/// <param name="NextCursor">What to ask for next: everything up to there has been shown, or is of no wanted type.</param>
/// <param name="HasMore">Whether there is more already; then a page may hold few items, or none.</param>
/// <param name="Position">Where <paramref name="NextCursor"/> stands.</param>
public sealed record EventPage(IReadOnlyList<EventView> Items, string NextCursor, bool HasMore, [property: JsonIgnore] long Position);

internal sealed class ReadEventsValidator : AbstractValidator<ReadEvents>
{
    public ReadEventsValidator()
    {
        RuleFor(r => r.Limit).InclusiveBetween(1, ReadEventsHandler.MostLimit).AsInvalidField("limit");
        RuleForEach(r => r.Types).Must(EventCatalog.Names.Contains).AsInvalidField("types");
    }
}

internal sealed class ReadEventsHandler(IFikoDb db, IFileLinks links) : IRequestHandler<ReadEvents, EventPage>
{
    public const int MostLimit = 500;

    private const int DefaultLimit = 50;

    // A page looks through so much of the log and no more: one rare type in a long log costs many small pages, not one endless one.
    private const int Reach = 20_000;

    public async Task<EventPage> Handle(ReadEvents read, CancellationToken ct)
    {
        read.By.MustAdminister();
        var head = await db.HeadAsync(read.By.WorkspaceId, ct);
        var after = read.After is null ? head.Position : Cursor.ReadAfter(read.After, head);
        var until = Math.Min(head.Position, after + Reach);
        var limit = read.Limit ?? DefaultLimit;
        var rows = after == until ? [] : await Wanted(read, after, until).OrderBy(e => e.Position).Take(limit + 1).ToListAsync(ct);
        var isFull = rows.Count > limit;
        if (isFull)
        {
            rows.RemoveAt(limit);
        }

        var next = isFull ? rows[^1].Position : until;
        var now = await PresentState.LoadAsync(db, links, head.WorkspaceId, rows, summaries: true, ct);
        return new EventPage(rows.ConvertAll(r => EventView.Of(r, head.Stamp, now)), head.CursorAt(next), next < head.Position, next);
    }

    private IQueryable<LoggedEvent> Wanted(ReadEvents read, long after, long until)
    {
        var events = db.Events.AsNoTracking().Where(e => e.WorkspaceId == read.By.WorkspaceId && e.Position > after && e.Position <= until);
        return read.Types is { } types ? events.Where(e => types.Contains(e.Name)) : events;
    }
}
