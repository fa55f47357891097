using Fiko.Application.Audit;
using Fiko.Application.Events;
using Fiko.Application.Realtime;
using Fiko.Application.Shared;
using Fiko.Domain.Webhooks;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace Fiko.Application.Webhooks;

/// <summary>Sends a ping, once, also where the subscription is switched off. One that is still on its way is not joined by another.</summary>
public sealed record TestWebhook(Caller By, long Id) : ICommand<WebhookDeliveryView>, IAudited<WebhookDeliveryView>
{
    public AuditNote? Audit(WebhookDeliveryView result) => new("webhook.tested", WebhookAudit.Target(Id));
}

internal sealed class TestWebhookHandler(IFikoDb db, TimeProvider time) : IRequestHandler<TestWebhook, WebhookDeliveryView>
{
    public async Task<WebhookDeliveryView> Handle(TestWebhook test, CancellationToken ct)
    {
        var webhook = await db.GetWebhookAsync(test.Id, test.By, ct);
        var ping = await db.WebhookDeliveries.Open(webhook.Id).FirstOrDefaultAsync(d => d.Position == null, ct);
        if (ping is null)
        {
            ping = WebhookDelivery.Test(webhook.Id, EventView.Ping, time.Now());
            db.WebhookDeliveries.Add(ping);
            await db.SaveChangesAsync(ct);
        }

        return WebhookDeliveryView.Of(ping, (await db.HeadAsync(webhook.WorkspaceId, ct)).Stamp);
    }
}
