using Fiko.Application.Shared;
using Fiko.Domain.Webhooks;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace Fiko.Application.Webhooks;

/// <summary>All subscriptions of all workspaces, and which of them have something to do.</summary>
public sealed record LookForWebhooks : IRequest<IReadOnlyList<WebhookWork>>;

/// <param name="WebhookId">Which.</param>
/// <param name="WorkspaceId">Whose log it follows.</param>
/// <param name="IsBehind">The log holds events that it has not queued yet.</param>
/// <param name="HasDue">Something waits to be sent, or was being sent by a server that is gone.</param>
public sealed record WebhookWork(long WebhookId, long WorkspaceId, bool IsBehind, bool HasDue);

internal sealed class LookForWebhooksHandler(IFikoDb db, TimeProvider time) : IRequestHandler<LookForWebhooks, IReadOnlyList<WebhookWork>>
{
    public async Task<IReadOnlyList<WebhookWork>> Handle(LookForWebhooks look, CancellationToken ct)
    {
        var now = time.Now();
        return await db.Webhooks
            .Where(w => w.RemovedAt == null)
            .Join(db.Workspaces, w => w.WorkspaceId, workspace => workspace.Id, (w, workspace) => new WebhookWork(
                w.Id,
                w.WorkspaceId,
                w.IsActive && w.Position < workspace.Head,
                db.WebhookDeliveries.Any(d => d.WebhookId == w.Id
                    && (d.Status == WebhookDeliveryStatus.Pending || d.Status == WebhookDeliveryStatus.Sending)
                    && d.DueAt <= now
                    && (w.IsActive || d.Position == null))))
            .ToListAsync(ct);
    }
}
