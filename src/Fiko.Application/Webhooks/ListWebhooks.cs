using Fiko.Application.Realtime;
using Fiko.Application.Resources;
using Fiko.Application.Shared;
using Fiko.Domain.Webhooks;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace Fiko.Application.Webhooks;

/// <summary>The workspace's subscriptions, oldest first.</summary>
public sealed record ListWebhooks(Caller By, Paging Paging) : IRequest<Page<WebhookView>>;

/// <summary>One of them.</summary>
public sealed record GetWebhook(Caller By, long Id) : IRequest<WebhookView>;

internal sealed class ListWebhooksHandler(IFikoDb db, TimeProvider time) : IRequestHandler<ListWebhooks, Page<WebhookView>>
{
    private static readonly Ordering<WebhookSubscription> Order = new Ordering<WebhookSubscription>(w => w.Id).By("id", w => w.Id);

    public async Task<Page<WebhookView>> Handle(ListWebhooks list, CancellationToken ct)
    {
        list.By.MustAdminister();
        var page = await Order.PageAsync(db.Webhooks.AsNoTracking().VisibleTo(list.By), list.Paging, ct);
        var webhooks = await db.Webhooks.AsNoTracking().Where(w => page.Ids.Contains(w.Id)).ToListAsync(ct);
        var head = await db.HeadAsync(list.By.WorkspaceId, ct);
        return page.With(webhooks.ConvertAll(w => WebhookView.Of(w, head.Stamp, time.Now())), w => w.Id);
    }
}

internal sealed class GetWebhookHandler(IFikoDb db, TimeProvider time) : IRequestHandler<GetWebhook, WebhookView>
{
    public async Task<WebhookView> Handle(GetWebhook get, CancellationToken ct)
    {
        var webhook = await db.GetWebhookAsync(get.Id, get.By, ct);
        return WebhookView.Of(webhook, (await db.HeadAsync(get.By.WorkspaceId, ct)).Stamp, time.Now());
    }
}
