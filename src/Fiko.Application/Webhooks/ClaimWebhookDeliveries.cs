using Fiko.Application.Shared;
using Fiko.Domain.Webhooks;
using MediatR;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace Fiko.Application.Webhooks;

/// <summary>Takes what is due, the oldest of each conversation only, and records that an attempt begins.</summary>
internal sealed record ClaimWebhookDeliveries(long WebhookId, int Room) : ICommand<DueDeliveries>;

internal sealed record DueDeliveries(TakenWebhook? Webhook, IReadOnlyList<TakenDelivery> Taken, DateTimeOffset? NotBefore);

internal sealed class ClaimWebhookDeliveriesHandler(IFikoDb db, TimeProvider time, IOptions<WebhookOptions> options)
    : IRequestHandler<ClaimWebhookDeliveries, DueDeliveries>
{
    public async Task<DueDeliveries> Handle(ClaimWebhookDeliveries claim, CancellationToken ct)
    {
        if (await db.Webhooks.SingleOrDefaultAsync(w => w.Id == claim.WebhookId && w.RemovedAt == null, ct) is not { } webhook)
        {
            return new DueDeliveries(null, [], null);
        }

        var now = time.Now();
        var due = claim.Room == 0 ? [] : await DueAsync(webhook, claim.Room, now, ct);
        var free = await db.ReserveAsync<WebhookDelivery>(due.ConvertAll(d => d.Id), ct);
        due.RemoveAll(d => !free.Contains(d.Id));
        foreach (var delivery in due)
        {
            delivery.Begin(now, now + options.Value.Timeout + options.Value.LeaseSlack);
        }

        await db.SaveChangesAsync(ct);
        var next = due.Count < claim.Room ? await NextAsync(webhook, now, ct) : null;
        return new DueDeliveries(Show(webhook, now), due.ConvertAll(d => new TakenDelivery(d.Id, d.Version, d.Position, d.Attempts, d.CreatedAt)), next);
    }

    private Task<List<WebhookDelivery>> DueAsync(WebhookSubscription webhook, int room, DateTimeOffset now, CancellationToken ct)
    {
        var open = db.WebhookDeliveries.Open(webhook.Id);
        return Sendable(webhook)
            .Where(d => d.DueAt <= now && !open.Any(earlier => earlier.ConversationId == d.ConversationId && earlier.Position < d.Position))
            .OrderBy(d => d.Id)
            .Take(room)
            .ToListAsync(ct);
    }

    private Task<DateTimeOffset?> NextAsync(WebhookSubscription webhook, DateTimeOffset now, CancellationToken ct) =>
        Sendable(webhook).Where(d => d.DueAt > now).OrderBy(d => d.DueAt).Select(d => (DateTimeOffset?)d.DueAt).FirstOrDefaultAsync(ct);

    // While the log is gone through again, what was queued further on waits: what comes before it may not have its row yet.
    private IQueryable<WebhookDelivery> Sendable(WebhookSubscription webhook) => webhook.IsActive
        ? db.WebhookDeliveries.Open(webhook.Id).Where(d => d.Position == null || d.Position <= webhook.Position)
        : db.WebhookDeliveries.Open(webhook.Id).Where(d => d.Position == null);

    private static TakenWebhook Show(WebhookSubscription webhook, DateTimeOffset now) => new(
        webhook.Id,
        webhook.WorkspaceId,
        webhook.Url,
        webhook.SealedOldSecret is { } old && webhook.OldSecretUntil > now ? [webhook.SealedSecret, old] : [webhook.SealedSecret]);
}
