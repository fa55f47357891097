using Fiko.Application.Realtime;
using Fiko.Application.Shared;
using Fiko.Domain.Shared;
using Microsoft.EntityFrameworkCore;

namespace Fiko.Infrastructure.Persistence;

/// <summary>
/// Appends what the aggregates raised, in the transaction of the change itself. Moving the workspace's head locks its row
/// until the commit, which is why positions become visible in their order. It comes after everything else that the unit of work says,
/// however often that saved: so the lock is short, and it is the last that anybody waits for.
/// </summary>
internal static class EventLog
{
    /// <summary>Who has something to tell. Asked before the rows are written: what is erased is tracked no more afterwards.</summary>
    public static AggregateRoot[] Speakers(FikoDbContext db) =>
        [.. db.ChangeTracker.Entries<AggregateRoot>().Select(e => e.Entity).Where(a => a.HasEvents)];

    /// <summary>What they say. Asked after the rows were written: the database gives the ids.</summary>
    public static IEnumerable<(long WorkspaceId, IDomainEvent Happened)> Take(AggregateRoot[] speakers) =>
        speakers.SelectMany(a => a.TakeEvents().Select(e => (a.WorkspaceId, e)));

    /// <summary>Adds the rows, which are still to be saved. Workspaces in the order of their ids, as everybody locks them.</summary>
    public static async Task AppendAsync(FikoDbContext db, IEnumerable<(long WorkspaceId, IDomainEvent Happened)> said, TimeProvider time, CancellationToken ct)
    {
        foreach (var events in said.GroupBy(e => e.WorkspaceId).OrderBy(w => w.Key).ToList())
        {
            var (workspaceId, n) = (events.Key, events.Count());
            await db.Workspaces.Where(w => w.Id == workspaceId).ExecuteUpdateAsync(set => set.SetProperty(w => w.Head, w => w.Head + n), ct);
            var head = await db.Workspaces.Where(w => w.Id == workspaceId).Select(w => w.Head).SingleAsync(ct);
            var position = head - n;
            var now = time.Now();
            foreach (var (_, happened) in events)
            {
                db.Events.Add(EventCatalog.Write(happened, workspaceId, ++position, now));
            }

            db.Changes.Append(workspaceId, new LogRange(head - n + 1, head));
        }
    }
}
