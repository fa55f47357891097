using Fiko.Application.Realtime;
using Fiko.Application.Shared;
using Fiko.Domain.Shared;
using Microsoft.EntityFrameworkCore;

namespace Fiko.Infrastructure.Persistence;

/// <summary>
/// Appends what the aggregates raised, in the transaction of the change itself. Moving the workspace's head locks its row
/// until the commit, which is why positions become visible in their order; it comes last, so that the lock is short.
/// </summary>
internal static class EventLog
{
    /// <summary>Who has something to tell. Asked before the rows are written: what is erased is tracked no more afterwards.</summary>
    public static AggregateRoot[] Speakers(FikoDbContext db) =>
        [.. db.ChangeTracker.Entries<AggregateRoot>().Select(e => e.Entity).Where(a => a.HasEvents)];

    /// <returns>Whether rows were added that are still to be saved.</returns>
    public static async Task<bool> AppendAsync(FikoDbContext db, AggregateRoot[] speakers, Committed changes, TimeProvider time, CancellationToken ct)
    {
        var appended = false;
        foreach (var (workspaceId, events) in Take(speakers))
        {
            var n = events.Count;
            await db.Workspaces.Where(w => w.Id == workspaceId).ExecuteUpdateAsync(set => set.SetProperty(w => w.Head, w => w.Head + n), ct);
            var head = await db.Workspaces.Where(w => w.Id == workspaceId).Select(w => w.Head).SingleAsync(ct);
            var position = head - n;
            var now = time.Now();
            foreach (var happened in events)
            {
                db.Events.Add(EventCatalog.Write(happened, workspaceId, ++position, now));
            }

            changes.Append(workspaceId, new LogRange(head - n + 1, head));
            appended = true;
        }

        return appended;
    }

    private static Dictionary<long, List<IDomainEvent>> Take(AggregateRoot[] speakers)
    {
        var byWorkspace = new Dictionary<long, List<IDomainEvent>>();
        foreach (var aggregate in speakers)
        {
            if (!byWorkspace.TryGetValue(aggregate.WorkspaceId, out var events))
            {
                byWorkspace[aggregate.WorkspaceId] = events = [];
            }

            events.AddRange(aggregate.TakeEvents());
        }

        return byWorkspace;
    }
}
