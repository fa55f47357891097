using Fiko.Application.Shared;
using Fiko.Domain.Channels;
using Fiko.Domain.Shared;
using Microsoft.EntityFrameworkCore;

namespace Fiko.Application.Channels;

/// <summary>The way to a channel for those who administer it: a bot's token opens every chat of the bot.</summary>
internal static class ChannelAccess
{
    public static async Task<ChannelAccount> GetChannelAsync(this IFikoDb db, long id, Caller caller, CancellationToken ct) =>
        await db.Channels.AsNoTracking().VisibleTo(caller).SingleOrDefaultAsync(c => c.Id == id, ct)
        ?? throw new RuleBrokenException("channel_not_found", "Channel not found");
}
