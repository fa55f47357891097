using Fiko.Application.Shared;
using Fiko.Domain.Channels;
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

/// <summary>The channels whose updates this server fetches.</summary>
public sealed record ListPolledChannels(string Source) : IRequest<IReadOnlyList<PolledChannel>>;

/// <param name="LastEventAt">When it last brought anything, or was connected.</param>
public sealed record PolledChannel(long Id, string SealedToken, long Offset, DateTimeOffset LastEventAt);

internal sealed class ListPolledChannelsHandler(IFikoDb db) : IRequestHandler<ListPolledChannels, IReadOnlyList<PolledChannel>>
{
    public async Task<IReadOnlyList<PolledChannel>> Handle(ListPolledChannels list, CancellationToken ct) =>
        await db.Channels
            .Where(c => c.Source == list.Source && c.Polls && c.SealedToken != null && c.RemovedAt == null && c.Status != ChannelStatus.Disabled)
            .OrderBy(c => c.Id)
            .Select(c => new PolledChannel(c.Id, c.SealedToken!, c.PollOffset, c.LastEventAt ?? c.CreatedAt))
            .ToListAsync(ct);
}
