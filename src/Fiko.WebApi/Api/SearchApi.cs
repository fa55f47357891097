using Fiko.Application.Resources;
using Fiko.Application.Search;
using Fiko.Infrastructure.Auth;
using Fiko.WebApi.Contract;
using MediatR;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;

namespace Fiko.WebApi.Api;

/// <summary>Finding what was said, and who said it (rest.md, Search).</summary>
internal static class SearchApi
{
    public static void MapSearch(this IEndpointRouteBuilder routes) =>
        routes.MapGet("/search", SearchAsync).RequireAuthorization().WithTags("Search");

    [EndpointName("search")]
    [EndpointSummary("Messages and customers, newest first, with the matched part")]
    [Refuses(404)]
    private static async Task<Ok<Page<SearchHit>>> SearchAsync(
        [AsParameters] SearchParameters search, HttpContext http, IMediator mediator, CancellationToken ct) =>
        TypedResults.Ok(await mediator.Send(new SearchWorkspace(http.Caller(), search.Q, search.Filters, new Paging(search.Limit, search.Cursor)), ct));
}

/// <summary>What is looked for, and what narrows it.</summary>
internal readonly record struct SearchParameters(
    [FromQuery(Name = "q")] string? Q,
    [FromQuery(Name = "type")] string? Type,
    [FromQuery(Name = "conversation_id")] string? ConversationId,
    [FromQuery(Name = "customer_id")] long? CustomerId,
    [FromQuery(Name = "source")] string? Source,
    [FromQuery(Name = "from")] string? From,
    [FromQuery(Name = "to")] string? To,
    [FromQuery(Name = "limit")] int? Limit,
    [FromQuery(Name = "cursor")] string? Cursor)
{
    public SearchFilters Filters => new(Type, ConversationId, CustomerId, Source, From, To);
}
