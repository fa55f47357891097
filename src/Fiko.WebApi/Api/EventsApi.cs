using Fiko.Application.Events;
using Fiko.Domain.Shared;
using Fiko.Infrastructure.Auth;
using Fiko.WebApi.Contract;
using MediatR;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;

namespace Fiko.WebApi.Api;

/// <summary>The event log for programs that pull (issue 4, part 6).</summary>
internal static class EventsApi
{
    public static void MapEvents(this IEndpointRouteBuilder routes) =>
        routes.MapGet("/events", ReadAsync).RequireAuthorization().WithTags("Events");

    [Refuses(429)]
    [EndpointSummary("The event log after a cursor, waiting for news if asked to")]
    private static async Task<Ok<EventPage>> ReadAsync(
        [FromQuery(Name = "after")] string? after,
        [FromQuery(Name = "limit")] int? limit,
        [FromQuery(Name = "wait")] int? wait,
        [FromQuery(Name = "types")] string[]? types,
        HttpContext http,
        IMediator mediator,
        EventWaits waits,
        CancellationToken ct)
    {
        if (wait is < 0 or > EventWaits.Longest)
        {
            throw new RuleBrokenException("invalid_field", "Invalid value for field 'wait'", "wait");
        }

        http.Response.Headers.CacheControl = "no-store";
        var read = new ReadEvents(http.Caller(), after, limit, NamesIn(types));
        return TypedResults.Ok(wait is > 0 ? await waits.ReadAsync(mediator, read, TimeSpan.FromSeconds(wait.Value), ct) : await mediator.Send(read, ct));
    }

    // "types=a,b" and "types=a&types=b" mean the same.
    private static string[]? NamesIn(string[]? types) =>
        types is null or [] ? null : [.. types.SelectMany(t => t.Split(',', StringSplitOptions.TrimEntries)).Distinct()];
}
