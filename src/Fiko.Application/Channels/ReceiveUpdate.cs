using Fiko.Application.Shared;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace Fiko.Application.Channels;

/// <summary>A platform pushed an update that has proved to be its own. Stored when this returns; applied soon after.</summary>
public sealed record ReceiveUpdate(long ChannelId, string Body) : IRequest<bool>;

internal sealed class ReceiveUpdateHandler(IFikoDb db, ChannelBook channels, IMediator mediator) : IRequestHandler<ReceiveUpdate, bool>
{
    public async Task<bool> Handle(ReceiveUpdate receive, CancellationToken ct)
    {
        var source = await db.Channels.Where(c => c.Id == receive.ChannelId).Select(c => c.Source).SingleAsync(ct);
        var identity = channels.Find(source)!.Identify(receive.Body);
        return await mediator.Send(new AcceptUpdate(receive.ChannelId, identity.Key, identity.Lane, receive.Body), ct);
    }
}
