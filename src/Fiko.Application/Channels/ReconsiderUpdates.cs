using Fiko.Application.Shared;
using Fiko.Domain.Channels;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace Fiko.Application.Channels;

/// <summary>
/// Tries updates once more that began to wait a moment ago. What they wait for may have come in a transaction beside theirs, of
/// which neither saw the other.
/// </summary>
public sealed record ReconsiderUpdates : ICommand<Unit>;

internal sealed class ReconsiderUpdatesHandler(IFikoDb db, TimeProvider time) : IRequestHandler<ReconsiderUpdates, Unit>
{
    private const int AtMost = 500;
    private static readonly TimeSpan Moment = TimeSpan.FromSeconds(30);

    public async Task<Unit> Handle(ReconsiderUpdates reconsider, CancellationToken ct)
    {
        var since = time.Now() - Moment;
        var waiting = await db.InboundUpdates
            .Where(u => u.Status == InboundStatus.Waiting && u.ReceivedAt > since)
            .OrderBy(u => u.Id)
            .Take(AtMost)
            .ToListAsync(ct);
        waiting.ForEach(u => u.Resume());
        await db.SaveChangesAsync(ct);
        return Unit.Value;
    }
}
