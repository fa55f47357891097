using AutoMapper;
using Fiko.Application.Resources;
using Fiko.Application.Shared;
using Fiko.Domain.Channels;
using MediatR;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace Fiko.Application.Channels;

/// <summary>The workspace's channels, in the order in which they were connected.</summary>
public sealed record ListChannels(Caller By, Paging Paging) : IRequest<Page<ChannelView>>;

/// <summary>One of them.</summary>
public sealed record GetChannel(Caller By, long Id) : IRequest<ChannelView>;

internal sealed class ListChannelsHandler(IFikoDb db, IMapper maps, IOptions<PublicUrlOptions> address) : IRequestHandler<ListChannels, Page<ChannelView>>
{
    private static readonly Ordering<ChannelAccount> Orders = new Ordering<ChannelAccount>(c => c.Id).By("created_at", c => c.CreatedAt);

    public async Task<Page<ChannelView>> Handle(ListChannels list, CancellationToken ct)
    {
        list.By.MustAdminister();
        var keys = await Orders.PageAsync(db.Channels.VisibleTo(list.By), list.Paging, ct);
        var ids = keys.Ids.ToArray();
        var channels = await db.Channels.AsNoTracking().Where(c => EF.Parameter(ids).Contains(c.Id)).ToListAsync(ct);
        return keys.With(channels.Select(c => maps.View(c, address.Value)), v => v.Id);
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
