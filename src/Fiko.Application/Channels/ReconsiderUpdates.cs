using Fiko.Application.Shared;
using Fiko.Domain.Channels;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace Fiko.Application.Channels;

/// <summary>
/// Tries updates once more that began to wait a moment ago. What they wait for may have come in a transaction beside theirs, of
/// which neither saw the other.
/// </summary>
/// <param name="Since">When they began to wait at the earliest: what has waited longer waits for something that has not come.</param>
public sealed record ReconsiderUpdates(DateTimeOffset Since) : ICommand<Unit>;

internal sealed class ReconsiderUpdatesHandler(IFikoDb db) : IRequestHandler<ReconsiderUpdates, Unit>
{
    private const int AtMost = 500;

    public async Task<Unit> Handle(ReconsiderUpdates reconsider, CancellationToken ct)
    {
        var waiting = await db.InboundUpdates
            .Where(u => u.Status == InboundStatus.Waiting && u.ProcessedAt > reconsider.Since)
            .OrderBy(u => u.Id)
            .Take(AtMost)
            .ToListAsync(ct);
        waiting.ForEach(u => u.Resume());
        await db.SaveChangesAsync(ct);
        return Unit.Value;
    }
}
