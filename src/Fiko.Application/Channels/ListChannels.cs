using AutoMapper;
using Fiko.Application.Shared;
using MediatR;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace Fiko.Application.Channels;

/// <summary>The workspace's channels, in the order in which they were connected.</summary>
public sealed record ListChannels(Caller By) : IRequest<IReadOnlyList<ChannelView>>;

/// <summary>One of them.</summary>
public sealed record GetChannel(Caller By, long Id) : IRequest<ChannelView>;

internal sealed class ListChannelsHandler(IFikoDb db, IMapper maps, IOptions<PublicUrlOptions> address) : IRequestHandler<ListChannels, IReadOnlyList<ChannelView>>
{
    public async Task<IReadOnlyList<ChannelView>> Handle(ListChannels list, CancellationToken ct)
    {
        list.By.MustAdminister();
        var channels = await db.Channels.AsNoTracking().VisibleTo(list.By).OrderBy(c => c.Id).ToListAsync(ct);
        return channels.ConvertAll(c => maps.View(c, address.Value));
    }
}

internal sealed class GetChannelHandler(IFikoDb db, IMapper maps, IOptions<PublicUrlOptions> address) : IRequestHandler<GetChannel, ChannelView>
{
    public async Task<ChannelView> Handle(GetChannel get, CancellationToken ct)
    {
        get.By.MustAdminister();
        return maps.View(await db.GetChannelAsync(get.Id, get.By, ct), address.Value);
    }
}
