using Fiko.Application.Audit;
using Fiko.Application.Realtime;
using Fiko.Application.Shared;
using Fiko.Domain.Webhooks;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace Fiko.Application.Webhooks;

/// <summary>Sends one delivery again, under the id that it had. One that is on its way already is left to it.</summary>
public sealed record ReplayWebhookDelivery(Caller By, long WebhookId, long Id) : ICommand<WebhookDeliveryView>, IAudited<WebhookDeliveryView>
{
    public AuditNote? Audit(WebhookDeliveryView result) =>
        new("webhook.delivery_replayed", WebhookAudit.Target(WebhookId), new Dictionary<string, object?> { ["delivery_id"] = Id });
}

/// <summary>Sends again what was given up or, from a place in the log on, everything that is wanted.</summary>
/// <param name="By">An owner or an admin.</param>
/// <param name="Id">Which subscription.</param>
/// <param name="After">A cursor; null for what was given up.</param>
public sealed record ReplayWebhook(Caller By, long Id, string? After) : ICommand<WebhookReplay>, IAudited<WebhookReplay>
{
    public AuditNote? Audit(WebhookReplay result) =>
        new("webhook.replayed", WebhookAudit.Target(Id), new Dictionary<string, object?> { ["restarted"] = result.Restarted, ["cursor"] = result.Cursor });
}

/// <param name="Restarted">So many that were given up are on their way again.</param>
/// <param name="HasMore">Whether there are more of them: asked again, those come.</param>
/// <param name="Cursor">Where the subscription stands in the log now.</param>
public sealed record WebhookReplay(int Restarted, bool HasMore, string Cursor);

internal sealed class ReplayWebhookDeliveryHandler(IFikoDb db, TimeProvider time) : IRequestHandler<ReplayWebhookDelivery, WebhookDeliveryView>
{
    public async Task<WebhookDeliveryView> Handle(ReplayWebhookDelivery replay, CancellationToken ct)
    {
        var webhook = await db.GetWebhookAsync(replay.WebhookId, replay.By, ct);
        var delivery = await db.WebhookDeliveries.OfAsync(webhook, replay.Id, ct);
        if (delivery.IsEnded)
        {
            delivery.Restart(time.Now());
            await db.SaveChangesAsync(ct);
        }

        return WebhookDeliveryView.Of(delivery, (await db.HeadAsync(webhook.WorkspaceId, ct)).Stamp);
    }
}

internal sealed class ReplayWebhookHandler(IFikoDb db, TimeProvider time) : IRequestHandler<ReplayWebhook, WebhookReplay>
{
    // One transaction holds up all other writers while it lasts.
    private const int AtOnce = 1000;

    public async Task<WebhookReplay> Handle(ReplayWebhook replay, CancellationToken ct)
    {
        var webhook = await db.GetWebhookAsync(replay.Id, replay.By, ct);
        var head = await db.HeadAsync(webhook.WorkspaceId, ct);
        if (replay.After is null)
        {
            return await ReviveAsync(webhook, head, ct);
        }

        webhook.Rewind(Cursor.ReadAfter(replay.After, head), time.Now());
        await db.SaveChangesAsync(ct);
        return new WebhookReplay(0, HasMore: false, head.CursorAt(webhook.Position));
    }

    private async Task<WebhookReplay> ReviveAsync(WebhookSubscription webhook, LogHead head, CancellationToken ct)
    {
        var dead = await db.WebhookDeliveries
            .Where(d => d.WebhookId == webhook.Id && d.Status == WebhookDeliveryStatus.Dead)
            .OrderBy(d => d.Id).Take(AtOnce + 1).ToListAsync(ct);
        var now = time.Now();
        foreach (var delivery in dead.Take(AtOnce))
        {
            delivery.Restart(now);
        }

        await db.SaveChangesAsync(ct);
        return new WebhookReplay(Math.Min(dead.Count, AtOnce), dead.Count > AtOnce, head.CursorAt(webhook.Position));
    }
}
