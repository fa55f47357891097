using System.Security.Cryptography;
using Fiko.Application.Shared;
using Fiko.Domain.Channels;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace Fiko.Application.Channels;

/// <summary>Whether a call that claims to come for a channel shows what only its platform, or its integrator, can know.</summary>
/// <param name="ChannelId">As the address names it.</param>
/// <param name="Source">The kind of channel that is called this way.</param>
/// <param name="Presented">The header's value; null where there was none, which never proves anything.</param>
public sealed record ProveWebhook(long ChannelId, string Source, string? Presented) : IRequest<WebhookProof>;

public enum WebhookProof
{
    /// <summary>No such channel, or one that is disabled or removed.</summary>
    NoChannel,

    Wrong,
    Proven,
}

internal sealed class ProveWebhookHandler(IFikoDb db, ISecrets secrets) : IRequestHandler<ProveWebhook, WebhookProof>
{
    public async Task<WebhookProof> Handle(ProveWebhook prove, CancellationToken ct)
    {
        var channel = await db.Channels.AsNoTracking()
            .Where(c => c.Id == prove.ChannelId && c.Source == prove.Source && c.RemovedAt == null && c.Status != ChannelStatus.Disabled)
            .Select(c => new { c.SealedSecret, c.KeyHash })
            .SingleOrDefaultAsync(ct);
        if (channel is null)
        {
            return WebhookProof.NoChannel;
        }

        var expected = channel.KeyHash is not null ? Convert.FromHexString(channel.KeyHash)
            : channel.SealedSecret is not null && secrets.Open(channel.SealedSecret) is { Length: > 0 } secret ? NewSecret.Hash(secret)
            : null;

        // Hashes have one length, so that not even the length of the secret shows in the time it takes.
        return expected is not null && prove.Presented is { Length: > 0 } presented
            && CryptographicOperations.FixedTimeEquals(expected, NewSecret.Hash(presented))
                ? WebhookProof.Proven
                : WebhookProof.Wrong;
    }
}
