using Fiko.Application.Shared;
using MediatR;

namespace Fiko.Application.Channels;

/// <summary>An administrator wants to know now whether a channel works; its status says it afterwards.</summary>
public sealed record CheckChannel(Caller By, long Id) : IRequest<ChannelView>;

internal sealed class CheckChannelHandler(IFikoDb db, IMediator mediator) : IRequestHandler<CheckChannel, ChannelView>
{
    public async Task<ChannelView> Handle(CheckChannel check, CancellationToken ct)
    {
        check.By.MustAdminister();
        var channel = await db.GetChannelAsync(check.Id, check.By, ct);
        await mediator.Send(new ReconnectChannel(channel.Id), ct);
        return await mediator.Send(new GetChannel(check.By, channel.Id), ct);
    }
}
