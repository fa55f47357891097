using Fiko.Application.Reports;
using Fiko.Infrastructure.Auth;
using MediatR;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;

namespace Fiko.WebApi.Api;

/// <summary>What a workspace did (rest.md, Reports).</summary>
internal static class ReportsApi
{
    public static void MapReports(this IEndpointRouteBuilder routes) =>
        routes.MapGet("/reports/overview", OverviewAsync).RequireAuthorization().WithTags("Reports");

    [EndpointName("getOverview")]
    [EndpointSummary("What the workspace did: conversations, messages and times, by day, agent and source")]
    private static async Task<Ok<OverviewReport>> OverviewAsync(
        [FromQuery(Name = "from")] string? from,
        [FromQuery(Name = "to")] string? to,
        [FromQuery(Name = "timezone")] string? timezone,
        HttpContext http,
        IMediator mediator,
        CancellationToken ct) =>
        TypedResults.Ok(await mediator.Send(new GetOverview(http.Caller(), from, to, timezone), ct));
}
