using System.ComponentModel.DataAnnotations;
using Fiko.Application.Resources;
using Fiko.Application.Webhooks;
using Fiko.Infrastructure.Auth;
using Fiko.WebApi.Contract;
using MediatR;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;

namespace Fiko.WebApi.Api;

/// <summary>Subscriptions to the workspace's events, and what became of each delivery (issue 4, part 6).</summary>
internal static class WebhooksApi
{
    public static void MapWebhooks(this IEndpointRouteBuilder routes)
    {
        var webhooks = routes.MapGroup("/webhooks").RequireAuthorization().WithTags("Webhooks");
        webhooks.MapGet("/", ListAsync);
        webhooks.MapPost("/", CreateAsync);
        webhooks.MapGet("/{id:long}", GetAsync);
        webhooks.MapPatch("/{id:long}", UpdateAsync);
        webhooks.MapDelete("/{id:long}", RemoveAsync);
        webhooks.MapPost("/{id:long}/secret", RotateAsync);
        webhooks.MapPost("/{id:long}/test", TestAsync);
        webhooks.MapPost("/{id:long}/replay", ReplayAsync);
        webhooks.MapGet("/{id:long}/deliveries", ListDeliveriesAsync);
        webhooks.MapGet("/{id:long}/deliveries/{delivery:long}", GetDeliveryAsync);
        webhooks.MapPost("/{id:long}/deliveries/{delivery:long}/replay", ReplayDeliveryAsync);
    }

    [EndpointSummary("The workspace's subscriptions")]
    private static async Task<Ok<Page<WebhookView>>> ListAsync([AsParameters] PageQuery page, HttpContext http, IMediator mediator, CancellationToken ct) =>
        TypedResults.Ok(await mediator.Send(new ListWebhooks(http.Caller(), page.Paging), ct));

    [EndpointSummary("One subscription")]
    private static async Task<Ok<WebhookView>> GetAsync(long id, HttpContext http, IMediator mediator, CancellationToken ct) =>
        TypedResults.Ok(await mediator.Send(new GetWebhook(http.Caller(), id), ct));

    [EndpointSummary("Subscribe an address to events")]
    private static async Task<Created<WebhookView>> CreateAsync(CreateWebhookBody body, HttpContext http, IMediator mediator, CancellationToken ct)
    {
        var webhook = await mediator.Send(new CreateWebhook(http.Caller(), body.Url, body.Events, body.Description, body.IsActive), ct);
        http.Response.Headers.CacheControl = "no-store";
        return TypedResults.Created($"/api/v1/webhooks/{webhook.Id}", webhook);
    }

    [EndpointSummary("Change a subscription")]
    [TakesHeader("If-Match")]
    private static async Task<Ok<WebhookView>> UpdateAsync(long id, UpdateWebhookBody body, HttpContext http, IMediator mediator, CancellationToken ct) =>
        TypedResults.Ok(await mediator.Send(
            new UpdateWebhook(http.Caller(), id, new WebhookPatch(body.Url, body.Events, body.Description, body.IsActive), http.IfMatch()), ct));

    [EndpointSummary("End a subscription")]
    private static async Task<NoContent> RemoveAsync(long id, HttpContext http, IMediator mediator, CancellationToken ct)
    {
        await mediator.Send(new RemoveWebhook(http.Caller(), id), ct);
        return TypedResults.NoContent();
    }

    [EndpointName("rotateWebhookSecret")]
    [EndpointSummary("A new secret to sign with")]
    private static async Task<Ok<WebhookView>> RotateAsync(long id, HttpContext http, IMediator mediator, CancellationToken ct)
    {
        http.Response.Headers.CacheControl = "no-store";
        return TypedResults.Ok(await mediator.Send(new RotateWebhookSecret(http.Caller(), id), ct));
    }

    [EndpointSummary("Send a ping now")]
    private static async Task<Accepted<WebhookDeliveryView>> TestAsync(long id, HttpContext http, IMediator mediator, CancellationToken ct) =>
        AcceptedAt(id, await mediator.Send(new TestWebhook(http.Caller(), id), ct));

    [EndpointSummary("Send again from a place in the log, or what was given up")]
    private static async Task<Accepted<WebhookReplay>> ReplayAsync(long id, ReplayWebhookBody? body, HttpContext http, IMediator mediator, CancellationToken ct) =>
        TypedResults.Accepted($"/api/v1/webhooks/{id}/deliveries", await mediator.Send(new ReplayWebhook(http.Caller(), id, body?.After), ct));

    [EndpointSummary("What became of each delivery")]
    private static async Task<Ok<Page<WebhookDeliveryView>>> ListDeliveriesAsync(
        long id, [FromQuery(Name = "status")] string? status, [AsParameters] PageQuery page, HttpContext http, IMediator mediator, CancellationToken ct) =>
        TypedResults.Ok(await mediator.Send(new ListWebhookDeliveries(http.Caller(), id, status, page.Paging), ct));

    [EndpointSummary("One delivery, with its attempts")]
    private static async Task<Ok<WebhookDeliveryView>> GetDeliveryAsync(long id, long delivery, HttpContext http, IMediator mediator, CancellationToken ct) =>
        TypedResults.Ok(await mediator.Send(new GetWebhookDelivery(http.Caller(), id, delivery), ct));

    [EndpointSummary("Send one delivery again")]
    private static async Task<Accepted<WebhookDeliveryView>> ReplayDeliveryAsync(long id, long delivery, HttpContext http, IMediator mediator, CancellationToken ct) =>
        AcceptedAt(id, await mediator.Send(new ReplayWebhookDelivery(http.Caller(), id, delivery), ct));

    private static Accepted<WebhookDeliveryView> AcceptedAt(long webhook, WebhookDeliveryView delivery) =>
        TypedResults.Accepted($"/api/v1/webhooks/{webhook}/deliveries/{delivery.Id}", delivery);
}

/// <summary>A new subscription.</summary>
internal sealed record CreateWebhookBody([property: Required] string? Url, IReadOnlyList<string>? Events, string? Description, bool IsActive = true);

/// <summary>What is to change of a subscription; what is left out stays.</summary>
internal sealed record UpdateWebhookBody(Optional<string?> Url, Optional<IReadOnlyList<string>?> Events, Optional<string?> Description, Optional<bool?> IsActive);

/// <summary>From where in the log; without it, what was given up is sent again.</summary>
internal sealed record ReplayWebhookBody(string? After);
