using Fiko.Application.Audit;
using Fiko.Application.Resources;
using Fiko.Infrastructure.Auth;
using MediatR;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;

namespace Fiko.WebApi.Api;

/// <summary>Who did what, for the owner (rest.md, Audit).</summary>
internal static class AuditApi
{
    public static void MapAudit(this IEndpointRouteBuilder routes) =>
        routes.MapGet("/audit", ListAsync).RequireAuthorization().WithTags("Audit");

    [EndpointName("listAudit")]
    [EndpointSummary("Who did what")]
    private static async Task<Ok<Page<AuditView>>> ListAsync(
        [AsParameters] PageQuery page,
        [FromQuery(Name = "user_id")] long? userId,
        [FromQuery(Name = "action")] string? action,
        [FromQuery(Name = "target")] string? target,
        [FromQuery(Name = "from")] DateTimeOffset? from,
        [FromQuery(Name = "to")] DateTimeOffset? to,
        HttpContext http,
        IMediator mediator,
        CancellationToken ct) =>
        TypedResults.Ok(await mediator.Send(new ListAudit(http.Caller(), page.Paging, userId, action, target, from, to), ct));
}
