using Fiko.Application.Realtime;
using Fiko.Application.Resources;
using Fiko.Application.Shared;
using Fiko.Domain.Webhooks;
using FluentValidation;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace Fiko.Application.Webhooks;

/// <summary>What became of the events of a subscription, newest first.</summary>
/// <param name="By">An owner or an admin.</param>
/// <param name="Id">Which subscription.</param>
/// <param name="Status">Only those that are so far; <c>dead</c> is the dead-letter list.</param>
/// <param name="Paging">Which page.</param>
public sealed record ListWebhookDeliveries(Caller By, long Id, string? Status, Paging Paging) : IRequest<Page<WebhookDeliveryView>>;

/// <summary>One of them.</summary>
public sealed record GetWebhookDelivery(Caller By, long WebhookId, long Id) : IRequest<WebhookDeliveryView>;

internal sealed class ListWebhookDeliveriesValidator : AbstractValidator<ListWebhookDeliveries>
{
    public ListWebhookDeliveriesValidator() =>
        RuleFor(l => l.Status).Must(s => s is null || WireName.TryRead<WebhookDeliveryStatus>(s, out _)).AsInvalidField("status");
}

internal sealed class ListWebhookDeliveriesHandler(IFikoDb db) : IRequestHandler<ListWebhookDeliveries, Page<WebhookDeliveryView>>
{
    private static readonly Ordering<WebhookDelivery> Order = new Ordering<WebhookDelivery>(d => d.Id).By("id", d => d.Id, descending: true);

    public async Task<Page<WebhookDeliveryView>> Handle(ListWebhookDeliveries list, CancellationToken ct)
    {
        var webhook = await db.GetWebhookAsync(list.Id, list.By, ct);
        var deliveries = db.WebhookDeliveries.AsNoTracking().Where(d => d.WebhookId == webhook.Id);
        if (list.Status is not null && WireName.TryRead<WebhookDeliveryStatus>(list.Status, out var status))
        {
            deliveries = deliveries.Where(d => d.Status == status);
        }

        var page = await Order.PageAsync(deliveries, list.Paging, ct);
        var rows = await db.WebhookDeliveries.AsNoTracking().Where(d => page.Ids.Contains(d.Id)).ToListAsync(ct);
        var head = await db.HeadAsync(webhook.WorkspaceId, ct);
        return page.With(rows.ConvertAll(d => WebhookDeliveryView.Of(d, head.Stamp)), d => d.Id);
    }
}

internal sealed class GetWebhookDeliveryHandler(IFikoDb db) : IRequestHandler<GetWebhookDelivery, WebhookDeliveryView>
{
    public async Task<WebhookDeliveryView> Handle(GetWebhookDelivery get, CancellationToken ct)
    {
        var webhook = await db.GetWebhookAsync(get.WebhookId, get.By, ct);
        var delivery = await db.WebhookDeliveries.OfAsync(webhook, get.Id, ct);
        return WebhookDeliveryView.Of(delivery, (await db.HeadAsync(webhook.WorkspaceId, ct)).Stamp);
    }
}

internal static class WebhookDeliveries
{
    /// <summary>What is still to be sent, or on its way.</summary>
    public static IQueryable<WebhookDelivery> Open(this IQueryable<WebhookDelivery> all, long webhookId) =>
        all.Where(d => d.WebhookId == webhookId && (d.Status == WebhookDeliveryStatus.Pending || d.Status == WebhookDeliveryStatus.Sending));

    public static async Task<WebhookDelivery> OfAsync(this IQueryable<WebhookDelivery> all, WebhookSubscription webhook, long id, CancellationToken ct) =>
        await all.SingleOrDefaultAsync(d => d.WebhookId == webhook.Id && d.Id == id, ct) ?? throw Access.WebhookDeliveryNotFound();
}
