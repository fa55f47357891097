using Fiko.Application.Shared;
using Fiko.Domain.Channels;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace Fiko.Application.Channels;

/// <summary>
/// The channels whose updates a server is to fetch from now on: those it fetches already, and those nobody does. It has to come
/// again before <paramref name="Length"/> is over, or stop fetching.
/// </summary>
public sealed record TakePollTurns(string Source, Guid Holder, TimeSpan Length) : ICommand<IReadOnlyList<PolledChannel>>;

/// <param name="LastEventAt">When it last brought anything, or was connected.</param>
public sealed record PolledChannel(long Id, string SealedToken, long Offset, DateTimeOffset LastEventAt);

internal sealed class TakePollTurnsHandler(IFikoDb db, TimeProvider time) : IRequestHandler<TakePollTurns, IReadOnlyList<PolledChannel>>
{
    public async Task<IReadOnlyList<PolledChannel>> Handle(TakePollTurns take, CancellationToken ct)
    {
        var channels = await db.Channels
            .Where(c => c.Source == take.Source && c.Polls && c.SealedToken != null && c.RemovedAt == null && c.Status != ChannelStatus.Disabled)
            .OrderBy(c => c.Id)
            .Select(c => new PolledChannel(c.Id, c.SealedToken!, c.PollOffset, c.LastEventAt ?? c.CreatedAt))
            .ToListAsync(ct);
        var ids = channels.ConvertAll(c => c.Id);
        var turns = await db.PollTurns.Where(t => ids.Contains(t.ChannelId)).ToDictionaryAsync(t => t.ChannelId, ct);
        var taken = channels.FindAll(c => (turns.GetValueOrDefault(c.Id) ?? Begin(c.Id)).Take(take.Holder, time.Now(), take.Length));
        await db.SaveChangesAsync(ct);
        return taken;
    }

    // Two servers that begin one at once meet at its key, and one of them looks again.
    private PollTurn Begin(long channelId) => db.PollTurns.Add(new PollTurn(channelId)).Entity;
}

/// <summary>A server that stops gives its turns back, so that another one goes on at once.</summary>
public sealed record EndPollTurns(Guid Holder) : ICommand<Unit>;

internal sealed class EndPollTurnsHandler(IFikoDb db, TimeProvider time) : IRequestHandler<EndPollTurns, Unit>
{
    public async Task<Unit> Handle(EndPollTurns end, CancellationToken ct)
    {
        foreach (var turn in await db.PollTurns.Where(t => t.Holder == end.Holder).ToListAsync(ct))
        {
            turn.End(time.Now());
        }

        await db.SaveChangesAsync(ct);
        return Unit.Value;
    }
}
