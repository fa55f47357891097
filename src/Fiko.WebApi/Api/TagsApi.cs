using System.ComponentModel.DataAnnotations;
using Fiko.Application.Resources;
using Fiko.Application.Tags;
using Fiko.Infrastructure.Auth;
using Fiko.WebApi.Contract;
using MediatR;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Fiko.WebApi.Api;

/// <summary>The workspace's tags over REST (rest.md, tags).</summary>
internal static class TagsApi
{
    public static void MapTags(this IEndpointRouteBuilder routes)
    {
        var tags = routes.MapGroup("/tags").RequireAuthorization().WithTags("Tags");
        tags.MapGet("/", ListAsync);
        tags.MapPost("/", CreateAsync);
        tags.MapGet("/{id:long}", GetAsync);
        tags.MapPatch("/{id:long}", ChangeAsync);
        tags.MapDelete("/{id:long}", DeleteAsync);
    }

    [EndpointSummary("The workspace's tags, with counts")]
    private static async Task<Ok<Page<TagView>>> ListAsync([AsParameters] PageQuery page, HttpContext http, IMediator mediator, CancellationToken ct) =>
        TypedResults.Ok(await mediator.Send(new ListTags(http.Caller(), page.Paging), ct));

    [EndpointSummary("One tag")]
    private static async Task<Ok<TagView>> GetAsync(long id, HttpContext http, IMediator mediator, CancellationToken ct) =>
        TypedResults.Ok(await mediator.Send(new GetTag(http.Caller(), id), ct));

    [EndpointSummary("A new tag")]
    private static async Task<Created<TagView>> CreateAsync(CreateTagBody body, HttpContext http, IMediator mediator, CancellationToken ct)
    {
        var id = await mediator.Send(new CreateTag(http.Caller(), body.Name, body.Colour), ct);
        return TypedResults.Created($"/api/v1/tags/{id}", await mediator.Send(new GetTag(http.Caller(), id), ct));
    }

    [EndpointSummary("Rename or recolour a tag")]
    [TakesHeader("If-Match")]
    private static async Task<Ok<TagView>> ChangeAsync(long id, ChangeTagBody body, HttpContext http, IMediator mediator, CancellationToken ct)
    {
        await mediator.Send(new ChangeTag(http.Caller(), id, body.Name, body.Colour, http.IfMatch()), ct);
        return await GetAsync(id, http, mediator, ct);
    }

    [EndpointSummary("Delete a tag everywhere")]
    [TakesHeader("If-Match")]
    private static async Task<NoContent> DeleteAsync(long id, HttpContext http, IMediator mediator, CancellationToken ct)
    {
        await mediator.Send(new DeleteTag(http.Caller(), id, http.IfMatch()), ct);
        return TypedResults.NoContent();
    }
}

/// <summary>A new tag; grey where no colour is given.</summary>
internal sealed record CreateTagBody([property: Required] string? Name, string? Colour);

/// <summary>What of a tag is to be changed; what is left out stays.</summary>
internal sealed record ChangeTagBody(Optional<string?> Name, Optional<string?> Colour);
