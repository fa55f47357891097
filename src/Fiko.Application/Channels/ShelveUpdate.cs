using Fiko.Application.Shared;
using Fiko.Domain.Channels;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace Fiko.Application.Channels;

/// <summary>
/// The oldest update of a lane could not be applied. It is tried a few times more, and then set aside with the reason, so
/// that one bad update never blocks what its customer writes after it.
/// </summary>
/// <returns>True where it was set aside.</returns>
public sealed record ShelveUpdate(long ChannelId, string Lane, string Reason) : ICommand<bool>;

internal sealed class ShelveUpdateHandler(IFikoDb db, TimeProvider time) : IRequestHandler<ShelveUpdate, bool>
{
    private const int MaxAttempts = 3;

    public async Task<bool> Handle(ShelveUpdate shelve, CancellationToken ct)
    {
        var oldest = await db.InboundUpdates
            .Where(u => u.ChannelId == shelve.ChannelId && u.Lane == shelve.Lane && u.Status == InboundStatus.Pending)
            .OrderBy(u => u.Id)
            .FirstOrDefaultAsync(ct);
        if (oldest is null)
        {
            return false;
        }

        oldest.Stumble();
        var given = oldest.Attempts >= MaxAttempts;
        if (given)
        {
            oldest.Settle(InboundStatus.Failed, shelve.Reason, time.Now());
        }

        await db.SaveChangesAsync(ct);
        return given;
    }
}
