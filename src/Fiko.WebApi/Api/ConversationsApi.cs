using System.ComponentModel.DataAnnotations;
using Fiko.Application.Conversations;
using Fiko.Application.Messaging;
using Fiko.Application.Resources;
using Fiko.Application.Shared;
using Fiko.Domain.Conversations;
using Fiko.Infrastructure.Auth;
using Fiko.WebApi.Contract;
using Fiko.WebApi.Sockets;
using MediatR;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;

namespace Fiko.WebApi.Api;

/// <summary>Conversations over REST (rest.md, Conversations): the same commands as the sockets send.</summary>
internal static class ConversationsApi
{
    public static void MapConversations(this IEndpointRouteBuilder routes)
    {
        var all = routes.MapGroup("/conversations").RequireAuthorization().WithTags("Conversations");
        all.MapGet("/", FindAsync);
        all.MapPost("/bulk", ChangeManyAsync);
        all.MapGet("/{id}", GetAsync);
        all.MapPatch("/{id}", PatchAsync);
        all.MapDelete("/{id}", DeleteAsync);
        all.MapPost("/{id}/claim", ClaimAsync);
        all.MapPost("/{id}/release", ReleaseAsync);
        all.MapPost("/{id}/assign", AssignAsync);
        all.MapPost("/{id}/read", ReadAsync);
        all.MapGet("/{id}/activity", ListActivityAsync);
        all.MapMessages();
    }

    /// <summary>The conversation that a path names. What can't be an id is a conversation that is not there.</summary>
    public static ConversationId Conversation(string id) => ConversationId.TryParse(id, out var read) ? read : throw Access.ConversationNotFound();

    [EndpointSummary("Conversations, newest activity first")]
    private static async Task<Ok<Page<ConversationView>>> FindAsync(
        [AsParameters] ConversationQuery filters, [AsParameters] PageQuery page, HttpContext http, IMediator mediator, CancellationToken ct) =>
        TypedResults.Ok(await mediator.Send(new FindConversations(http.Caller(), filters.Filters, page.Paging), ct));

    [EndpointSummary("One conversation")]
    private static async Task<Ok<ConversationView>> GetAsync(string id, HttpContext http, IMediator mediator, CancellationToken ct) =>
        await ShowAsync(id, http, mediator, ct);

    [EndpointSummary("Change what people set on a conversation")]
    [TakesHeader("If-Match")]
    private static async Task<Ok<ConversationView>> PatchAsync(string id, PatchConversationBody body, HttpContext http, IMediator mediator, CancellationToken ct)
    {
        var patch = new ConversationPatch(body.Status, body.AssignedTo, body.Priority, body.Tags, body.Title);
        await mediator.Send(new PatchConversation(http.Caller(), Conversation(id), patch, http.IfMatch()), ct);
        return await ShowAsync(id, http, mediator, ct);
    }

    [EndpointSummary("Erase a conversation, its messages and files")]
    [TakesHeader("If-Match")]
    private static async Task<NoContent> DeleteAsync(string id, HttpContext http, IMediator mediator, CancellationToken ct)
    {
        await mediator.Send(new DeleteConversation(http.Caller(), Conversation(id), http.IfMatch()), ct);
        return TypedResults.NoContent();
    }

    [EndpointSummary("Take a conversation that nobody has")]
    private static async Task<Ok<ConversationView>> ClaimAsync(string id, HttpContext http, IMediator mediator, CancellationToken ct)
    {
        await mediator.Send(new ClaimConversation(http.Caller(), Conversation(id)), ct);
        return await ShowAsync(id, http, mediator, ct);
    }

    [EndpointSummary("Give a conversation back")]
    private static async Task<Ok<ConversationView>> ReleaseAsync(string id, HttpContext http, IMediator mediator, CancellationToken ct)
    {
        await mediator.Send(new ReleaseConversation(http.Caller(), Conversation(id)), ct);
        return await ShowAsync(id, http, mediator, ct);
    }

    [EndpointSummary("Hand a conversation to somebody")]
    [TakesHeader("If-Match")]
    private static async Task<Ok<ConversationView>> AssignAsync(string id, AssignConversationBody body, HttpContext http, IMediator mediator, CancellationToken ct)
    {
        var to = body.UserId.IsSet ? body.UserId.Value : throw new Domain.Shared.RuleBrokenException("invalid_field", "Invalid value for field 'user_id'", "user_id");
        await mediator.Send(new AssignConversation(http.Caller(), Conversation(id), to, body.Expected, http.IfMatch()), ct);
        return await ShowAsync(id, http, mediator, ct);
    }

    [EndpointName("markConversationRead")]
    [EndpointSummary("Mark customer messages as read")]
    private static async Task<Ok<ConversationView>> ReadAsync(string id, ReadConversationBody? body, HttpContext http, IMediator mediator, CancellationToken ct)
    {
        await mediator.Send(new MarkRead(http.Caller(), Conversation(id), body?.UpTo), ct);
        return await ShowAsync(id, http, mediator, ct);
    }

    [EndpointName("listConversationActivity")]
    [EndpointSummary("Who changed what, when")]
    private static async Task<Ok<Page<ActivityView>>> ListActivityAsync(
        string id, [AsParameters] PageQuery page, HttpContext http, IMediator mediator, CancellationToken ct) =>
        TypedResults.Ok(await mediator.Send(new ListActivity(http.Caller(), Conversation(id), page.Paging), ct));

    [EndpointName("changeConversations")]
    [EndpointSummary("Change many conversations at once")]
    private static async Task<Ok<BulkCounts>> ChangeManyAsync(BulkConversationsBody body, HttpContext http, IMediator mediator, CancellationToken ct)
    {
        var change = new BulkChange(body.Action, body.Status, body.UserId, body.Tags);
        return TypedResults.Ok(await mediator.Send(new BulkConversations(http.Caller(), body.Ids, body.Filters?.Filters, change), ct));
    }

    private static async Task<Ok<ConversationView>> ShowAsync(string id, HttpContext http, IMediator mediator, CancellationToken ct) =>
        TypedResults.Ok(await mediator.Send(new GetConversation(http.Caller(), Conversation(id)), ct));
}

/// <summary>The filters of a list of conversations.</summary>
internal readonly record struct ConversationQuery(
    [FromQuery(Name = "status")] string? Status,
    [FromQuery(Name = "source")] string? Source,
    [FromQuery(Name = "unread_only")] bool? UnreadOnly,
    [FromQuery(Name = "assigned_to")] string? AssignedTo,
    [FromQuery(Name = "tag")] string? Tag,
    [FromQuery(Name = "search")] string? Search,
    [FromQuery(Name = "customer_id")] long? CustomerId,
    [FromQuery(Name = "priority")] int? Priority,
    [FromQuery(Name = "created_from")] string? CreatedFrom,
    [FromQuery(Name = "created_to")] string? CreatedTo)
{
    public ConversationFilters Filters => new(Status, Source, UnreadOnly, AssignedTo, Tag, Search)
    {
        CustomerId = CustomerId,
        Priority = Priority,
        CreatedFrom = CreatedFrom,
        CreatedTo = CreatedTo,
    };
}

/// <summary>What of a conversation is to be changed; what is left out stays.</summary>
internal sealed record PatchConversationBody(
    [property: NamesOf(typeof(ConversationStatus))] Optional<string?> Status,
    Optional<long?> AssignedTo,
    Optional<int?> Priority,
    Optional<IReadOnlyList<string?>?> Tags,
    Optional<string?> Title);

/// <summary>Who is to have a conversation, and who is believed to have it.</summary>
internal sealed record AssignConversationBody(Optional<long?> UserId, Optional<long?> Expected);

/// <summary>Up to which message; all where it is left out.</summary>
internal sealed record ReadConversationBody(string? UpTo);

/// <summary>Which conversations, by ids or by filters, and what is to be done to them.</summary>
internal sealed record BulkConversationsBody(
    string?[]? Ids, BulkFiltersBody? Filters, [property: Required] string? Action, string? Status, long? UserId, string?[]? Tags);

/// <summary>The filters of the list, in a body.</summary>
internal sealed record BulkFiltersBody(
    string? Status,
    string? Source,
    bool? UnreadOnly,
    [property: JsonForms("string", "integer")] System.Text.Json.JsonElement? AssignedTo,
    string? Tag,
    string? Search,
    long? CustomerId,
    int? Priority,
    string? CreatedFrom,
    string? CreatedTo)
{
    public ConversationFilters Filters => new(Status, Source, UnreadOnly, WrittenAssignee, Tag, Search)
    {
        CustomerId = CustomerId,
        Priority = Priority,
        CreatedFrom = CreatedFrom,
        CreatedTo = CreatedTo,
    };

    // A user id is a number on the wire; "me" and "none" are words.
    private string? WrittenAssignee => AssignedTo switch
    {
        null or { ValueKind: System.Text.Json.JsonValueKind.Null } => null,
        { ValueKind: System.Text.Json.JsonValueKind.String } word => word.ReadableText() ?? word.GetRawText(),
        { } other => other.GetRawText(),
    };
}
