using System.ComponentModel.DataAnnotations;
using Fiko.Application.Replies;
using Fiko.Application.Resources;
using Fiko.Infrastructure.Auth;
using Fiko.WebApi.Contract;
using MediatR;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Fiko.WebApi.Api;

/// <summary>The workspace's canned replies over REST.</summary>
internal static class RepliesApi
{
    public static void MapReplies(this IEndpointRouteBuilder routes)
    {
        var replies = routes.MapGroup("/replies").RequireAuthorization().WithTags("Replies");
        replies.MapGet("/", ListAsync);
        replies.MapPost("/", CreateAsync);
        replies.MapGet("/{id:long}", GetAsync);
        replies.MapPatch("/{id:long}", ChangeAsync);
        replies.MapDelete("/{id:long}", DeleteAsync);
        replies.MapPost("/{id:long}/render", RenderAsync);
    }

    [EndpointSummary("Canned replies")]
    private static async Task<Ok<Page<ReplyView>>> ListAsync([AsParameters] PageQuery page, HttpContext http, IMediator mediator, CancellationToken ct) =>
        TypedResults.Ok(await mediator.Send(new ListReplies(http.Caller(), page.Paging), ct));

    [EndpointSummary("One canned reply")]
    private static async Task<Ok<ReplyView>> GetAsync(long id, HttpContext http, IMediator mediator, CancellationToken ct) =>
        TypedResults.Ok(await mediator.Send(new GetReply(http.Caller(), id), ct));

    [EndpointSummary("A new canned reply")]
    private static async Task<Created<ReplyView>> CreateAsync(CreateReplyBody body, HttpContext http, IMediator mediator, CancellationToken ct)
    {
        var id = await mediator.Send(new CreateReply(http.Caller(), body.Title, body.Shortcut, body.Text), ct);
        return TypedResults.Created($"/api/v1/replies/{id}", await mediator.Send(new GetReply(http.Caller(), id), ct));
    }

    [EndpointSummary("Change a canned reply")]
    [TakesHeader("If-Match")]
    private static async Task<Ok<ReplyView>> ChangeAsync(long id, ChangeReplyBody body, HttpContext http, IMediator mediator, CancellationToken ct)
    {
        await mediator.Send(new ChangeReply(http.Caller(), id, body.Title, body.Shortcut, body.Text, http.IfMatch()), ct);
        return await GetAsync(id, http, mediator, ct);
    }

    [EndpointSummary("Delete a canned reply")]
    [TakesHeader("If-Match")]
    private static async Task<NoContent> DeleteAsync(long id, HttpContext http, IMediator mediator, CancellationToken ct)
    {
        await mediator.Send(new DeleteReply(http.Caller(), id, http.IfMatch()), ct);
        return TypedResults.NoContent();
    }

    [EndpointSummary("A canned reply with its variables filled in for a conversation")]
    private static async Task<Ok<RenderedReply>> RenderAsync(long id, RenderReplyBody body, HttpContext http, IMediator mediator, CancellationToken ct) =>
        TypedResults.Ok(await mediator.Send(new RenderReply(http.Caller(), id, body.ConversationId), ct));
}

/// <summary>A new canned reply.</summary>
internal sealed record CreateReplyBody([property: Required] string? Title, string? Shortcut, [property: Required] string? Text);

/// <summary>What of a canned reply is to be changed; what is left out stays.</summary>
internal sealed record ChangeReplyBody(Optional<string?> Title, Optional<string?> Shortcut, Optional<string?> Text);

/// <summary>In which conversation a reply is to be said.</summary>
internal sealed record RenderReplyBody(string? ConversationId);
