using Fiko.Application.Audit;
using Fiko.Application.Shared;
using Fiko.Domain.Channels;
using Fiko.Domain.Shared;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace Fiko.Application.Channels;

/// <summary>Keeps a bot that its platform has vouched for. One bot is one workspace's: its chats can't be shared.</summary>
/// <returns>The new channel's id.</returns>
internal sealed record AddChannel(Caller By, string Source, BotAccount Account, string SealedToken, string SealedSecret, bool Polls)
    : ICommand<long>, IAudited<long>
{
    public AuditNote? Audit(long result) => ChannelNotes.Connected(result, Source);
}

internal sealed class AddChannelHandler(IFikoDb db, TimeProvider time) : IRequestHandler<AddChannel, long>
{
    public async Task<long> Handle(AddChannel add, CancellationToken ct)
    {
        if (await db.Channels.AnyAsync(c => c.Source == add.Source && c.ExternalId == add.Account.Id && c.RemovedAt == null, ct))
        {
            throw new RuleBrokenException("channel_taken", "This bot is already connected", "bot_token");
        }

        var channel = new ChannelAccount(add.By.WorkspaceId, add.Source, add.Account.Name, add.Account.Username, add.Account.Id, time.Now());
        channel.Arm(add.SealedToken, add.SealedSecret, add.Polls);
        db.Channels.Add(channel);
        await db.SaveChangesAsync(ct);
        return channel.Id;
    }
}
