using Fiko.Application.Shared;
using Fiko.Domain.Webhooks;
using MediatR;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace Fiko.Application.Webhooks;

/// <summary>
/// Makes deliveries of the next events of the log. They and the subscription's place in the log are one commit, so that a crash
/// neither loses an event nor queues it twice.
/// </summary>
internal sealed record QueueWebhookEvents(long WebhookId) : ICommand<LogLeft>;

internal sealed class QueueWebhookEventsHandler(IFikoDb db, TimeProvider time, IOptions<WebhookOptions> options) : IRequestHandler<QueueWebhookEvents, LogLeft>
{
    private const int Batch = 200;

    public async Task<LogLeft> Handle(QueueWebhookEvents queue, CancellationToken ct)
    {
        if (await db.Webhooks.SingleOrDefaultAsync(w => w.Id == queue.WebhookId && w.IsActive, ct) is not { } webhook)
        {
            return LogLeft.Nothing;
        }

        var rows = await db.Events
            .Where(e => e.WorkspaceId == webhook.WorkspaceId && e.Position > webhook.Position)
            .OrderBy(e => e.Position)
            .Take(Batch)
            .Select(e => new WebhookEvent(e.Position, e.Name, e.ConversationId, e.MessageId))
            .ToListAsync(ct);
        if (rows.Count == 0)
        {
            return LogLeft.Nothing;
        }

        if (await db.WebhookDeliveries.Open(webhook.Id).CountAsync(ct) >= options.Value.MaxQueued)
        {
            return LogLeft.NoRoom;
        }

        var there = await KnownAsync(webhook, rows, ct);
        var now = time.Now();
        foreach (var row in rows.Where(r => webhook.Wants(r.Name)))
        {
            Queue(webhook, row, there.GetValueOrDefault(row.Position), now);
        }

        webhook.Advance(rows[^1].Position);
        await db.SaveChangesAsync(ct);
        return rows.Count == Batch ? LogLeft.Something : LogLeft.Nothing;
    }

    private void Queue(WebhookSubscription webhook, WebhookEvent row, WebhookDelivery? there, DateTimeOffset now)
    {
        if (there is null)
        {
            db.WebhookDeliveries.Add(new WebhookDelivery(webhook.Id, row, now));
        }
        else if (there.IsEnded)
        {
            there.Restart(now);
        }
    }

    private async Task<Dictionary<long, WebhookDelivery>> KnownAsync(WebhookSubscription webhook, List<WebhookEvent> rows, CancellationToken ct)
    {
        if (rows[0].Position > webhook.ReplayedUntil)
        {
            return [];
        }

        var (first, last) = (rows[0].Position, rows[^1].Position);
        return await db.WebhookDeliveries
            .Where(d => d.WebhookId == webhook.Id && d.Position >= first && d.Position <= last)
            .ToDictionaryAsync(d => d.Position!.Value, ct);
    }
}
