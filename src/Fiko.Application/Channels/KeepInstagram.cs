using Fiko.Application.Audit;
using Fiko.Application.Shared;
using Fiko.Domain.Channels;
using Fiko.Domain.Shared;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace Fiko.Application.Channels;

/// <summary>Keeps an account that Instagram has vouched for. One account is one workspace's: its chats can't be shared.</summary>
internal sealed record KeepInstagram(Caller By, InstagramAccount Account, string SealedToken) : ICommand<KeptChannel>, IAudited<KeptChannel>
{
    public AuditNote? Audit(KeptChannel result) =>
        result.IsNew ? ChannelNotes.Connected(result.Id, ChannelName.Instagram) : ChannelNotes.Changed(result.Id, "access_token");
}

/// <param name="Id">The channel's.</param>
/// <param name="IsNew">False where the account was connected already.</param>
internal sealed record KeptChannel(long Id, bool IsNew);

internal sealed class KeepInstagramHandler(IFikoDb db, TimeProvider time) : IRequestHandler<KeepInstagram, KeptChannel>
{
    public async Task<KeptChannel> Handle(KeepInstagram keep, CancellationToken ct)
    {
        var channel = await db.Channels.SingleOrDefaultAsync(
            c => c.Source == ChannelName.Instagram && c.ExternalId == keep.Account.Id && c.RemovedAt == null, ct);
        if (channel is not null && channel.WorkspaceId != keep.By.WorkspaceId)
        {
            throw new RuleBrokenException("channel_taken", "This account is already connected", "access_token");
        }

        var isNew = channel is null;
        if (channel is null)
        {
            channel = new ChannelAccount(keep.By.WorkspaceId, ChannelName.Instagram, keep.Account.Name, keep.Account.Username, keep.Account.Id, time.Now());
            db.Channels.Add(channel);
        }

        // Nobody says how old a token is or when it ends. It is at least as old as this moment makes it, and the first renewal tells the rest.
        channel.Renew(keep.SealedToken, time.Now(), expiresAt: null);
        channel.Rename(keep.Account.Name, keep.Account.Username);
        if (channel.Status is ChannelStatus.Error)
        {
            channel.Recover();
        }

        await db.SaveChangesAsync(ct);
        return new KeptChannel(channel.Id, isNew);
    }
}
