using Fiko.Application.Attachments;
using Fiko.Application.Realtime;
using Fiko.Application.Shared;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace Fiko.Application.Events;

/// <summary>Some events of a log as programs get them, whoever asks: for the server itself, which knows whom they are for.</summary>
public sealed record ShowEvents(long WorkspaceId, IReadOnlyList<long> Positions) : IRequest<ShownEvents>;

/// <param name="Head">Where the log stands.</param>
/// <param name="ByPosition">The events, by their places.</param>
public sealed record ShownEvents(LogHead Head, IReadOnlyDictionary<long, EventView> ByPosition)
{
    /// <summary>What a test brings: no event, in the shape of one.</summary>
    public EventView PingAt(DateTimeOffset at) => new(Head.Cursor, EventView.Ping, at, null, null, EventFacts.None, null, null, null);
}

internal sealed class ShowEventsHandler(IFikoDb db, IFileLinks links) : IRequestHandler<ShowEvents, ShownEvents>
{
    public async Task<ShownEvents> Handle(ShowEvents show, CancellationToken ct)
    {
        var head = await db.HeadAsync(show.WorkspaceId, ct);
        var rows = show.Positions.Count == 0 ? [] : await db.Events.AsNoTracking()
            .Where(e => e.WorkspaceId == show.WorkspaceId && show.Positions.Contains(e.Position))
            .ToListAsync(ct);
        var now = await PresentState.LoadAsync(db, links, show.WorkspaceId, rows, summaries: true, ct);
        return new ShownEvents(head, rows.ToDictionary(r => r.Position, r => EventView.Of(r, head.Stamp, now)));
    }
}
