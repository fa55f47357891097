using Fiko.Application.Audit;
using Fiko.Application.Channels;
using Fiko.Application.Realtime;
using Fiko.Application.Shared;
using MediatR;
using Microsoft.Extensions.Options;

namespace Fiko.Application.Webhooks;

/// <summary>A new secret. For a while the old one signs beside it, so that a receiver may change over without missing one.</summary>
public sealed record RotateWebhookSecret(Caller By, long Id) : ICommand<WebhookView>, IAudited<WebhookView>
{
    public AuditNote? Audit(WebhookView result) => new("webhook.secret_rotated", WebhookAudit.Target(Id));
}

internal sealed class RotateWebhookSecretHandler(IFikoDb db, ISecrets secrets, TimeProvider time, IOptions<WebhookOptions> options)
    : IRequestHandler<RotateWebhookSecret, WebhookView>
{
    public async Task<WebhookView> Handle(RotateWebhookSecret rotate, CancellationToken ct)
    {
        var webhook = await db.GetWebhookAsync(rotate.Id, rotate.By, ct);
        var now = time.Now();
        var secret = WebhookSecret.Create();
        webhook.ChangeSecret(secrets.Seal(secret), now + options.Value.SecretOverlap, now);
        await db.SaveChangesAsync(ct);
        return WebhookView.Of(webhook, (await db.HeadAsync(webhook.WorkspaceId, ct)).Stamp, now) with { Secret = secret };
    }
}
