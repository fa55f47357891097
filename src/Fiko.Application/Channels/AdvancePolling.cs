using Fiko.Application.Shared;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace Fiko.Application.Channels;

/// <summary>Everything before this update is stored: it need not be asked for again.</summary>
public sealed record AdvancePolling(long ChannelId, long Offset) : ICommand<Unit>;

internal sealed class AdvancePollingHandler(IFikoDb db) : IRequestHandler<AdvancePolling, Unit>
{
    public async Task<Unit> Handle(AdvancePolling advance, CancellationToken ct)
    {
        // Never guarded by "only forward": after a week of silence the platform's numbers may start anew, lower.
        if (await db.Channels.SingleOrDefaultAsync(c => c.Id == advance.ChannelId && c.RemovedAt == null, ct) is { } channel)
        {
            channel.AdvancePoll(advance.Offset);
            await db.SaveChangesAsync(ct);
        }

        return Unit.Value;
    }
}
