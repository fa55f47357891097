using System.ComponentModel.DataAnnotations;
using Fiko.Application.Messaging;
using Fiko.Application.Shared;
using Fiko.Domain.Conversations;
using Fiko.Domain.Shared;
using Fiko.Infrastructure.Auth;
using Fiko.WebApi.Contract;
using MediatR;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;

namespace Fiko.WebApi.Api;

/// <summary>Messages, notes and drafts over REST (rest.md, Conversations and messages).</summary>
internal static class MessagesApi
{
    private const string KeyHeader = "Idempotency-Key";

    public static void MapMessages(this IEndpointRouteBuilder conversations)
    {
        var one = conversations.MapGroup("/{id}").WithTags("Messages");
        one.MapGet("/messages", ListAsync);
        one.MapPost("/messages", SendAsync);
        one.MapGet("/messages/{message}", ShowAsync);
        one.MapPatch("/messages/{message}", EditAsync);
        one.MapDelete("/messages/{message}", DeleteAsync);
        one.MapPost("/messages/{message}/retry", RetryAsync);
        one.MapPut("/messages/{message}/reaction", ReactAsync);
        one.MapPost("/notes", WriteNoteAsync);
        one.MapGet("/draft", GetDraftAsync);
        one.MapPut("/draft", KeepDraftAsync);
        one.MapDelete("/draft", DropDraftAsync);
    }

    [EndpointSummary("Messages of a conversation, oldest first")]
    private static async Task<Ok<MessagePage>> ListAsync(
        string id,
        [FromQuery(Name = "before")] long? before,
        [FromQuery(Name = "after")] long? after,
        [FromQuery(Name = "limit")] int? limit,
        HttpContext http,
        IMediator mediator,
        CancellationToken ct) =>
        TypedResults.Ok(await mediator.Send(new ListMessages(http.Caller(), ConversationsApi.Conversation(id), before, after, limit), ct));

    [Refuses(422)]
    [EndpointName("sendMessage")]
    [EndpointSummary("Answer the customer")]
    [TakesHeader("Idempotency-Key")]
    private static async Task<Created<MessageAnswer>> SendAsync(string id, SendMessageBody body, HttpContext http, IMediator mediator, CancellationToken ct)
    {
        var seen = body.Force is true ? null : body.ExpectedSeq;
        var send = new SendAndWait(http.Caller(), ConversationsApi.Conversation(id), body.Content, Key(http, body.ClientId), body.ReplyTo, body.Attachments, seen);
        return Created(await mediator.Send(send, ct));
    }

    [Refuses(422)]
    [EndpointName("writeNote")]
    [EndpointSummary("Write an internal note, which no customer sees")]
    [TakesHeader("Idempotency-Key")]
    private static async Task<Created<MessageAnswer>> WriteNoteAsync(string id, WriteNoteBody body, HttpContext http, IMediator mediator, CancellationToken ct)
    {
        var (by, conversation) = (http.Caller(), ConversationsApi.Conversation(id));
        var kept = await mediator.Send(new AcceptNote(by, conversation, body.Content, Key(http, body.ClientId), body.Mentions, Strict: true), ct);
        return Created(await mediator.Send(new ShowMessage(by, conversation, kept.Message), ct));
    }

    [EndpointName("getMessage")]
    [EndpointSummary("One message")]
    private static async Task<Ok<MessageAnswer>> ShowAsync(string id, string message, HttpContext http, IMediator mediator, CancellationToken ct) =>
        TypedResults.Ok(await mediator.Send(new ShowMessage(http.Caller(), ConversationsApi.Conversation(id), Message(message)), ct));

    [EndpointName("editMessage")]
    [EndpointSummary("Say something else in an own message")]
    private static async Task<Ok<MessageAnswer>> EditAsync(string id, string message, EditMessageBody body, HttpContext http, IMediator mediator, CancellationToken ct)
    {
        await mediator.Send(new EditMessage(http.Caller(), ConversationsApi.Conversation(id), $"{Message(message)}", body.Content), ct);
        return await ShowAsync(id, message, http, mediator, ct);
    }

    [EndpointName("deleteMessage")]
    [EndpointSummary("Take an own message back")]
    private static async Task<NoContent> DeleteAsync(string id, string message, HttpContext http, IMediator mediator, CancellationToken ct)
    {
        await mediator.Send(new DeleteMessage(http.Caller(), ConversationsApi.Conversation(id), $"{Message(message)}"), ct);
        return TypedResults.NoContent();
    }

    [EndpointName("retryMessage")]
    [EndpointSummary("Try a failed or uncertain send again")]
    private static async Task<Ok<MessageAnswer>> RetryAsync(string id, string message, HttpContext http, IMediator mediator, CancellationToken ct)
    {
        await mediator.Send(new RetryMessage(http.Caller(), ConversationsApi.Conversation(id), $"{Message(message)}"), ct);
        return await ShowAsync(id, message, http, mediator, ct);
    }

    [EndpointName("reactToMessage")]
    [EndpointSummary("Put an emoji on a message, or take it off")]
    private static async Task<Ok<MessageAnswer>> ReactAsync(string id, string message, ReactionBody body, HttpContext http, IMediator mediator, CancellationToken ct)
    {
        await mediator.Send(new ReactToMessage(http.Caller(), ConversationsApi.Conversation(id), $"{Message(message)}", body.Emoji), ct);
        return await ShowAsync(id, message, http, mediator, ct);
    }

    [EndpointName("getDraft")]
    [EndpointSummary("What you began to write")]
    private static async Task<Ok<DraftView>> GetDraftAsync(string id, HttpContext http, IMediator mediator, CancellationToken ct) =>
        TypedResults.Ok(await mediator.Send(new GetDraft(http.Caller(), ConversationsApi.Conversation(id)), ct));

    [EndpointName("keepDraft")]
    [EndpointSummary("Keep what you began to write")]
    private static async Task<Ok<DraftView>> KeepDraftAsync(string id, DraftBody body, HttpContext http, IMediator mediator, CancellationToken ct) =>
        TypedResults.Ok(await mediator.Send(new KeepDraft(http.Caller(), ConversationsApi.Conversation(id), body.Content ?? ""), ct));

    [EndpointName("dropDraft")]
    [EndpointSummary("Forget a draft")]
    private static async Task<NoContent> DropDraftAsync(string id, HttpContext http, IMediator mediator, CancellationToken ct)
    {
        await mediator.Send(new KeepDraft(http.Caller(), ConversationsApi.Conversation(id), Content: null), ct);
        return TypedResults.NoContent();
    }

    private static Created<MessageAnswer> Created(MessageAnswer answer) =>
        TypedResults.Created($"/api/v1/conversations/{answer.Message.ConversationId}/messages/{answer.Message.Id}", answer);

    private static MessageId Message(string id) => MessageId.TryParse(id, out var read) ? read : throw Access.MessageNotFound();

    // A key is a client_id: whichever way it comes, and over whichever road, the same one is the same message.
    private static string? Key(HttpContext http, string? clientId)
    {
        if (http.Request.Headers[KeyHeader] is not { Count: > 0 } keys)
        {
            return clientId;
        }

        var key = keys.ToString();
        return EarlierMessages.IsClientId(key) && (clientId is null || clientId == key)
            ? key
            : throw new RuleBrokenException("invalid_field", $"Invalid value for field '{KeyHeader}'", KeyHeader);
    }
}

/// <summary>An agent's message, as the socket's chat_message.</summary>
internal sealed record SendMessageBody(string? Content, string? ClientId, string? ReplyTo, string?[]? Attachments, long? ExpectedSeq, bool? Force);

/// <summary>An internal note, and the user ids that it calls.</summary>
internal sealed record WriteNoteBody([property: Required] string? Content, string? ClientId, long[]? Mentions);

/// <summary>What a message says from now on.</summary>
internal sealed record EditMessageBody([property: Required] string? Content);

/// <summary>Null takes the reaction back.</summary>
internal sealed record ReactionBody(string? Emoji);

/// <summary>What was begun.</summary>
internal sealed record DraftBody(string? Content);
