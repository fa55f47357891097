using Fiko.Application.Shared;
using MediatR;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace Fiko.Application.Webhooks;

/// <summary>Forgets deliveries that ended long ago, and removed subscriptions with theirs; so many at a time, because one transaction holds up all other writers.</summary>
/// <returns>Whether there may be more.</returns>
public sealed record SweepWebhooks : ICommand<bool>;

internal sealed class SweepWebhooksHandler(IFikoDb db, TimeProvider time, IOptions<WebhookOptions> options) : IRequestHandler<SweepWebhooks, bool>
{
    private const int Batch = 500;

    public async Task<bool> Handle(SweepWebhooks sweep, CancellationToken ct)
    {
        var before = time.Now() - options.Value.Retention;
        var old = await db.WebhookDeliveries.Where(d => d.EndedAt < before).OrderBy(d => d.EndedAt).Take(Batch).ExecuteDeleteAsync(ct);
        var removed = await db.Webhooks.Where(w => w.RemovedAt != null).OrderBy(w => w.Id).Select(w => (long?)w.Id).FirstOrDefaultAsync(ct);
        if (removed is null)
        {
            return old == Batch;
        }

        var orphans = await db.WebhookDeliveries.Where(d => d.WebhookId == removed).OrderBy(d => d.Id).Take(Batch).ExecuteDeleteAsync(ct);
        if (orphans < Batch)
        {
            await db.Webhooks.Where(w => w.Id == removed).ExecuteDeleteAsync(ct);
        }

        return true;
    }
}
