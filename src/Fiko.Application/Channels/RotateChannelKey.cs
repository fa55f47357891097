using AutoMapper;
using Fiko.Application.Audit;
using Fiko.Application.Shared;
using Fiko.Domain.Channels;
using Fiko.Domain.Shared;
using MediatR;
using Microsoft.Extensions.Options;

namespace Fiko.Application.Channels;

/// <summary>Gives an integrator's channel a new key (rest.md, Channels). It is in the answer, this once; the one before opens nothing any more.</summary>
public sealed record RotateChannelKey(Caller By, long Id, int? IfMatch = null) : ICommand<ChannelView>, IAudited<ChannelView>
{
    public AuditNote? Audit(ChannelView result) => new("channel.key_rotated", ChannelNotes.Target(Id));
}

internal sealed class RotateChannelKeyHandler(IFikoDb db, IMapper maps, IOptions<PublicUrlOptions> address) : IRequestHandler<RotateChannelKey, ChannelView>
{
    public async Task<ChannelView> Handle(RotateChannelKey rotate, CancellationToken ct)
    {
        rotate.By.MustAdminister();
        var channel = await db.GetChannelToChangeAsync(rotate.Id, rotate.IfMatch, rotate.By, ct);
        if (channel.Source != ChannelName.Api)
        {
            throw new RuleBrokenException("channel_without_key", "Only channels of the source 'api' have a key");
        }

        var key = $"fk_{NewSecret.Create()}";
        channel.SetKeyHash(Convert.ToHexStringLower(NewSecret.Hash(key)));
        await db.SaveChangesAsync(ct);
        return maps.View(channel, address.Value) with { Key = key };
    }
}
