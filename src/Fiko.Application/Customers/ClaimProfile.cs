using Fiko.Application.Attachments;
using Fiko.Application.Shared;
using Fiko.Domain.Channels;
using Fiko.Domain.Customers;
using MediatR;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace Fiko.Application.Customers;

/// <summary>Takes an address whose profile is due, and records that an attempt to ask for it begins. Null where there is nothing to do.</summary>
public sealed record ClaimProfile(long AddressId) : ICommand<ClaimedProfile?>;

/// <summary>A profile that is ours to ask for until the lease ends.</summary>
public sealed record ClaimedProfile(
    long AddressId, DateTimeOffset LeaseUntil, int Attempt, long ChannelId, string Source, string? SealedToken, string? AccountId, string Address, string? PictureVersion)
{
    public override string ToString() => $"address {AddressId}";
}

internal sealed class ClaimProfileHandler(IFikoDb db, TimeProvider time, IOptions<FilesOptions> options) : IRequestHandler<ClaimProfile, ClaimedProfile?>
{
    private static readonly TimeSpan LeaseSlack = TimeSpan.FromSeconds(60);

    public async Task<ClaimedProfile?> Handle(ClaimProfile claim, CancellationToken ct)
    {
        var now = time.Now();
        var address = await db.ChannelAddresses.SingleOrDefaultAsync(a => a.Id == claim.AddressId && a.ProfileDueAt <= now, ct);
        if (address is null || (await db.ReserveAsync<ChannelAddress>([address.Id], ct)).Count == 0)
        {
            return null;
        }

        var channel = await db.Channels.AsNoTracking().SingleAsync(c => c.Id == address.ChannelId, ct);
        if (channel.Status is ChannelStatus.Disabled)
        {
            // Nobody to ask. The customer's next message on a channel that works asks again.
            address.LearnProfile(address.PictureVersion, now);
            await db.SaveChangesAsync(ct);
            return null;
        }

        // Long enough for the picture that may come with it.
        var lease = now + options.Value.FetchTimeout + LeaseSlack;
        address.BeginProfile(lease);
        await db.SaveChangesAsync(ct);
        return new ClaimedProfile(
            address.Id, lease, address.ProfileAttempts, channel.Id, channel.Source, channel.SealedToken, channel.ExternalId, address.Address, address.PictureVersion);
    }
}
