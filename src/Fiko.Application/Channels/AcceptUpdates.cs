using System.Security.Cryptography;
using System.Text;
using Fiko.Application.Shared;
using Fiko.Domain.Channels;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace Fiko.Application.Channels;

/// <summary>
/// Stores what a platform sent in one call for any of its accounts, as it came, before anything is made of it: all of it or
/// nothing. The same update again is the same update; what is for nobody here is dropped.
/// </summary>
/// <param name="Source">Which platform.</param>
/// <param name="Updates">In the order of the call.</param>
/// <param name="Stray">What could not be understood well enough to say whose it is, with the reason.</param>
/// <returns>How many were new.</returns>
public sealed record AcceptUpdates(string Source, IReadOnlyList<PushedUpdate> Updates, StrayBody? Stray = null) : ICommand<int>;

/// <param name="Account">The platform's own id of the account it is for.</param>
public sealed record PushedUpdate(string Account, string Key, string Lane, string Body);

public sealed record StrayBody(string Body, string Reason);

internal sealed class AcceptUpdatesHandler(IFikoDb db, TimeProvider time) : IRequestHandler<AcceptUpdates, int>
{
    public async Task<int> Handle(AcceptUpdates accept, CancellationToken ct)
    {
        var fresh = await FreshAsync(accept, ct);
        db.InboundUpdates.AddRange(fresh);
        if (accept.Stray is { } stray)
        {
            await KeepAsync(accept.Source, stray, ct);
        }

        await db.SaveChangesAsync(ct);
        return fresh.Count;
    }

    private async Task<IReadOnlyList<InboundUpdate>> FreshAsync(AcceptUpdates accept, CancellationToken ct)
    {
        var ids = accept.Updates.Select(u => u.Account).Distinct().ToArray();
        var channels = await db.Channels
            .Where(c => c.Source == accept.Source && EF.Parameter(ids).Contains(c.ExternalId) && c.RemovedAt == null && c.Status != ChannelStatus.Disabled)
            .ToDictionaryAsync(c => c.ExternalId!, c => c.Id, ct);
        var ours = accept.Updates.Where(u => channels.ContainsKey(u.Account)).Select(u => (Channel: channels[u.Account], Update: u)).ToArray();
        if (ours.Length == 0)
        {
            return [];
        }

        // One parameter for all keys: a thousand would be more than a database takes.
        var (on, keys) = (ours.Select(u => u.Channel).Distinct().ToArray(), ours.SelectMany(u => new[] { u.Update.Key, InboundUpdate.ErasedKey(u.Update.Key) }).Distinct().ToArray());
        var known = await db.InboundUpdates
            .Where(u => EF.Parameter(on).Contains(u.ChannelId) && EF.Parameter(keys).Contains(u.Key))
            .Select(u => new { u.ChannelId, u.Key })
            .ToListAsync(ct);
        var seen = known.Select(k => (k.ChannelId, k.Key)).ToHashSet();
        return [.. ours
            .Where(u => !seen.Contains((u.Channel, InboundUpdate.ErasedKey(u.Update.Key))) && seen.Add((u.Channel, u.Update.Key)))
            .Select(u => new InboundUpdate(u.Channel, u.Update.Key, u.Update.Lane, u.Update.Body, time.Now()))];
    }

    private async Task KeepAsync(string source, StrayBody stray, CancellationToken ct)
    {
        var key = $"sha256:{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(stray.Body)))}";
        if (!await db.StrayUpdates.AnyAsync(s => s.Source == source && s.Key == key, ct))
        {
            db.StrayUpdates.Add(new StrayUpdate(source, key, stray.Body, stray.Reason, time.Now()));
        }
    }
}
