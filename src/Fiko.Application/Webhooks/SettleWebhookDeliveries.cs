using Fiko.Application.Shared;
using Fiko.Domain.Webhooks;
using MediatR;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace Fiko.Application.Webhooks;

/// <summary>Records how attempts went.</summary>
internal sealed record SettleWebhookDeliveries(long WebhookId, IReadOnlyList<EndedAttempt> Ended) : ICommand<Unit>;

internal sealed class SettleWebhookDeliveriesHandler(IFikoDb db, TimeProvider time, IOptions<WebhookOptions> options) : IRequestHandler<SettleWebhookDeliveries, Unit>
{
    public async Task<Unit> Handle(SettleWebhookDeliveries settle, CancellationToken ct)
    {
        var ids = settle.Ended.Select(e => e.Attempt.Id).ToArray();
        var deliveries = await db.WebhookDeliveries.Where(d => ids.Contains(d.Id)).ToDictionaryAsync(d => d.Id, ct);
        var now = time.Now();
        foreach (var ended in settle.Ended)
        {
            // Removed meanwhile, or taken by another after our lease; that it has arrived is the truth all the same.
            if (deliveries.GetValueOrDefault(ended.Attempt.Id) is { IsEnded: false } delivery
                && (delivery.Version == ended.Attempt.Version || ended.Outcome is WebhookOutcome.Delivered))
            {
                Apply(delivery, ended, now);
            }
        }

        if (settle.Ended.Any(e => e.Outcome is WebhookOutcome.Gone) && await db.Webhooks.SingleOrDefaultAsync(w => w.Id == settle.WebhookId && w.IsActive, ct) is { } webhook)
        {
            webhook.Disable("The receiver answered 410 Gone", now);
        }

        await db.SaveChangesAsync(ct);
        return Unit.Value;
    }

    private void Apply(WebhookDelivery delivery, EndedAttempt ended, DateTimeOffset now)
    {
        var next = now + Pause(delivery.Attempts, ended);
        switch (ended.Outcome)
        {
            case WebhookOutcome.Delivered:
                delivery.Succeed(ended.Answer, now);
                break;
            case WebhookOutcome.Failed when delivery.MayTryAt(next, options.Value.GiveUpAfter):
                delivery.Postpone(ended.Answer, next);
                break;
            default:
                delivery.GiveUp(ended.Answer, now);
                break;
        }
    }

    // Half of the back-off is fixed and half is chance, so that what failed together does not come back together.
    private TimeSpan Pause(int attempts, EndedAttempt ended)
    {
        var (first, longest) = (options.Value.Backoff, options.Value.MaxBackoff);
        var grown = TimeSpan.FromTicks(Math.Min(longest.Ticks, first.Ticks << Math.Min(attempts - 1, 20)));
        var spread = grown * (0.5 + (ended.Jitter / 2));
        return ended.RetryAfter is not { } asked || asked < spread ? spread : asked < longest ? asked : longest;
    }
}
