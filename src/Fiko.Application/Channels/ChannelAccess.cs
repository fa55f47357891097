using Fiko.Application.Resources;
using Fiko.Application.Shared;
using Fiko.Domain.Channels;
using Fiko.Domain.Shared;
using Microsoft.EntityFrameworkCore;

namespace Fiko.Application.Channels;

/// <summary>The way to a channel for those who administer it: a bot's token opens every chat of the bot.</summary>
internal static class ChannelAccess
{
    /// <exception cref="RuleBrokenException">There is none, or it is another workspace's.</exception>
    public static async Task<ChannelAccount> GetChannelAsync(this IFikoDb db, long id, Caller caller, CancellationToken ct) =>
        await db.Channels.AsNoTracking().VisibleTo(caller).SingleOrDefaultAsync(c => c.Id == id, ct) ?? throw NotFound();

    /// <summary>The row to be changed.</summary>
    /// <exception cref="RuleBrokenException">There is none, it is another workspace's, or it is not as the administrator saw it.</exception>
    public static async Task<ChannelAccount> GetChannelToChangeAsync(this IFikoDb db, long id, int? ifMatch, Caller caller, CancellationToken ct)
    {
        var channel = await db.Channels.VisibleTo(caller).SingleOrDefaultAsync(c => c.Id == id, ct) ?? throw NotFound();
        Versions.MustMatch(ifMatch, channel.Version);
        return channel;
    }

    private static RuleBrokenException NotFound() => new("channel_not_found", "Channel not found");
}
