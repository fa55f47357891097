using Fiko.Application.Shared;
using Fiko.Domain.Channels;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace Fiko.Application.Channels;

/// <summary>Stores what a platform sent, as it came, before anything is made of it. The same update again is the same update.</summary>
/// <returns>True where it is new.</returns>
public sealed record AcceptUpdate(long ChannelId, string Key, string Lane, string Body) : ICommand<bool>;

internal sealed class AcceptUpdateHandler(IFikoDb db, TimeProvider time) : IRequestHandler<AcceptUpdate, bool>
{
    public async Task<bool> Handle(AcceptUpdate accept, CancellationToken ct)
    {
        var erased = InboundUpdate.ErasedKey(accept.Key);
        if (await db.InboundUpdates.AnyAsync(u => u.ChannelId == accept.ChannelId && (u.Key == accept.Key || u.Key == erased), ct))
        {
            return false;
        }

        db.InboundUpdates.Add(new InboundUpdate(accept.ChannelId, accept.Key, accept.Lane, accept.Body, time.Now()));
        await db.SaveChangesAsync(ct);
        return true;
    }
}
