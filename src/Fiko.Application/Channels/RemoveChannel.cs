using Fiko.Application.Audit;
using Fiko.Application.Resources;
using Fiko.Application.Shared;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace Fiko.Application.Channels;

/// <summary>Takes a channel down. Its conversations stay.</summary>
public sealed record RemoveChannel(Caller By, long Id, int? IfMatch = null) : IRequest<Unit>;

internal sealed class RemoveChannelHandler(IFikoDb db, IMediator mediator, IEnumerable<IChannelAccounts> accounts) : IRequestHandler<RemoveChannel, Unit>
{
    public async Task<Unit> Handle(RemoveChannel remove, CancellationToken ct)
    {
        remove.By.MustAdminister();
        var channel = await db.GetChannelAsync(remove.Id, remove.By, ct);
        Versions.MustMatch(remove.IfMatch, channel.Version);

        // The platform first: forgetting takes the token along, and a crash between the two is healed by the next start.
        if (accounts.FirstOrDefault(a => a.Source == channel.Source) is { } account)
        {
            await account.DisconnectAsync(channel, ct);
        }

        await mediator.Send(new ForgetChannel(remove.By, channel.Id), ct);
        return Unit.Value;
    }
}

/// <summary>The stored half of a removal.</summary>
/// <returns>False where somebody else was faster.</returns>
internal sealed record ForgetChannel(Caller By, long Id) : ICommand<bool>, IAudited<bool>
{
    public AuditNote? Audit(bool result) => result ? new("channel.removed", ChannelNotes.Target(Id)) : null;
}

internal sealed class ForgetChannelHandler(IFikoDb db, TimeProvider time) : IRequestHandler<ForgetChannel, bool>
{
    public async Task<bool> Handle(ForgetChannel forget, CancellationToken ct)
    {
        if (await db.Channels.SingleOrDefaultAsync(c => c.Id == forget.Id && c.RemovedAt == null, ct) is not { } channel)
        {
            return false;
        }

        channel.Remove(time.Now());
        await db.SaveChangesAsync(ct);
        return true;
    }
}
