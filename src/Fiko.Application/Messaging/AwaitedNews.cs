using Fiko.Application.Shared;
using Fiko.Domain.Channels;
using Microsoft.EntityFrameworkCore;

namespace Fiko.Application.Messaging;

/// <summary>
/// News that came before what it is about: an edit before its message, a receipt before the answer to our own call. It waits in
/// the database, and whoever brings what it waits for lets it go on.
/// </summary>
internal static class AwaitedNews
{
    /// <summary>The message that the platform calls so.</summary>
    public static string Message(string scope, string externalId) => $"message {scope} {externalId}";

    /// <summary>The answer to a call that is open in this conversation.</summary>
    public static string Send(long conversationId) => $"send {conversationId}";

    /// <summary>Applied soon after this transaction.</summary>
    public static async Task ResumeAsync(this IFikoDb db, long channelId, string about, CancellationToken ct)
    {
        var waiting = await db.InboundUpdates
            .Where(u => u.ChannelId == channelId && u.About == about && u.Status == InboundStatus.Waiting)
            .ToListAsync(ct);
        waiting.ForEach(u => u.Resume());
    }
}
