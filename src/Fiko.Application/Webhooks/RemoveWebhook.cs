using Fiko.Application.Audit;
using Fiko.Application.Shared;
using MediatR;

namespace Fiko.Application.Webhooks;

/// <summary>Nothing is sent there any more. What was queued is forgotten.</summary>
public sealed record RemoveWebhook(Caller By, long Id) : ICommand<Unit>, IAudited<Unit>
{
    public AuditNote? Audit(Unit result) => new("webhook.deleted", WebhookAudit.Target(Id));
}

internal sealed class RemoveWebhookHandler(IFikoDb db, TimeProvider time) : IRequestHandler<RemoveWebhook, Unit>
{
    public async Task<Unit> Handle(RemoveWebhook remove, CancellationToken ct)
    {
        (await db.GetWebhookAsync(remove.Id, remove.By, ct)).Remove(time.Now());
        await db.SaveChangesAsync(ct);
        return Unit.Value;
    }
}
