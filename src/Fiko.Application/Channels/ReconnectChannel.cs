using Fiko.Application.Shared;
using Fiko.Domain.Channels;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace Fiko.Application.Channels;

/// <summary>Asks the platform about a connected account, at every start and whenever somebody wants to know. What comes of it is the channel's status.</summary>
/// <returns>True where the account works.</returns>
public sealed record ReconnectChannel(long ChannelId) : IRequest<bool>;

/// <summary>The connected accounts of this server that are not switched off.</summary>
public sealed record ListConnectedChannels : IRequest<IReadOnlyList<long>>;

internal sealed class ListConnectedChannelsHandler(IFikoDb db, IEnumerable<IChannelAccounts> accounts) : IRequestHandler<ListConnectedChannels, IReadOnlyList<long>>
{
    public async Task<IReadOnlyList<long>> Handle(ListConnectedChannels list, CancellationToken ct)
    {
        var sources = accounts.Select(a => a.Source).ToArray();
        return await db.Channels.Where(c => sources.Contains(c.Source) && c.RemovedAt == null && c.Status != ChannelStatus.Disabled)
            .OrderBy(c => c.Id)
            .Select(c => c.Id)
            .ToListAsync(ct);
    }
}

internal sealed class ReconnectChannelHandler(IFikoDb db, IMediator mediator, IEnumerable<IChannelAccounts> accounts) : IRequestHandler<ReconnectChannel, bool>
{
    public async Task<bool> Handle(ReconnectChannel reconnect, CancellationToken ct)
    {
        var channel = await db.Channels.AsNoTracking().SingleOrDefaultAsync(
            c => c.Id == reconnect.ChannelId && c.RemovedAt == null && c.Status != ChannelStatus.Disabled, ct);
        if (channel is null || accounts.FirstOrDefault(a => a.Source == channel.Source) is not { } account)
        {
            // Removed meanwhile, or nothing that a platform knows of: nothing is left to be put right.
            return true;
        }

        var trouble = await account.ReconnectAsync(channel, ct);
        await mediator.Send(new NoteChannelHealth(channel.Id, trouble), ct);
        return trouble is null;
    }
}
