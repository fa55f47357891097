using System.ComponentModel.DataAnnotations;
using System.Text.Json;
using Fiko.Application.Channels;
using Fiko.Application.Resources;
using Fiko.Domain.Channels;
using Fiko.Infrastructure.Auth;
using Fiko.WebApi.Contract;
using Fiko.WebApi.Sockets;
using MediatR;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Fiko.WebApi.Api;

/// <summary>Channels over REST (rest.md, Channels).</summary>
internal static class ChannelsApi
{
    private const string KeyHeader = "X-Fiko-Channel-Key";

    public static void MapChannels(this IEndpointRouteBuilder routes)
    {
        var channels = routes.MapGroup("/channels").RequireAuthorization().WithTags("Channels");
        channels.MapGet("/", ListAsync).WithSummary("The workspace's channels");
        channels.MapGet("/{id:long}", GetAsync).WithSummary("One channel");
        channels.MapPost("/", ConnectAsync).WithName("connectChannel").WithSummary("Connect a bot or an account, or open a channel of your own");
        channels.MapPatch("/{id:long}", ChangeAsync).WithName("changeChannel").WithSummary("Rename a channel, switch it off or on, or give it a new token");
        channels.MapDelete("/{id:long}", RemoveAsync).WithName("removeChannel").WithSummary("Disconnect a channel; conversations stay");
        channels.MapPost("/{id:long}/check", CheckAsync).WithSummary("Ask the platform now whether the channel works");
        channels.MapPost("/{id:long}/key", RotateKeyAsync).WithName("rotateChannelKey").WithSummary("Give a channel of your own a new key");
        channels.MapPost("/{id:long}/messages", ReceiveAsync).AllowAnonymous().WithName("bringCustomerMessage").WithSummary("A customer's message of a channel of your own");
    }

    private static async Task<Ok<Page<ChannelView>>> ListAsync([AsParameters] PageQuery page, HttpContext http, IMediator mediator, CancellationToken ct) =>
        TypedResults.Ok(await mediator.Send(new ListChannels(http.Caller(), page.Paging), ct));

    [Refuses(422)]
    private static async Task<Created<ChannelView>> ConnectAsync(ConnectBody body, HttpContext http, IMediator mediator, CancellationToken ct)
    {
        var created = body.Source switch
        {
            ChannelName.Telegram => await mediator.Send(new ConnectTelegram(http.Caller(), body.BotToken), ct),
            ChannelName.Instagram => await mediator.Send(new ConnectInstagram(http.Caller(), body.AccessToken, IdOf(body.InstagramUserId)), ct),
            ChannelName.Api => await mediator.Send(new CreateApiChannel(http.Caller(), body.Name), ct),
            _ => throw UnknownSource(),
        };
        return TypedResults.Created($"/api/v1/channels/{created.Id}", created);
    }

    private static async Task<Ok<ChannelView>> GetAsync(long id, HttpContext http, IMediator mediator, CancellationToken ct) =>
        TypedResults.Ok(await mediator.Send(new GetChannel(http.Caller(), id), ct));

    [Refuses(412, 422)]
    [TakesHeader("If-Match")]
    private static async Task<Ok<ChannelView>> ChangeAsync(long id, ChannelPatch body, HttpContext http, IMediator mediator, CancellationToken ct) =>
        TypedResults.Ok(await mediator.Send(new ChangeChannel(http.Caller(), id, http.IfMatch(), body), ct));

    [Refuses(412)]
    [TakesHeader("If-Match")]
    private static async Task<NoContent> RemoveAsync(long id, HttpContext http, IMediator mediator, CancellationToken ct)
    {
        await mediator.Send(new RemoveChannel(http.Caller(), id, http.IfMatch()), ct);
        return TypedResults.NoContent();
    }

    [Refuses(422)]
    private static async Task<Ok<ChannelView>> CheckAsync(long id, HttpContext http, IMediator mediator, CancellationToken ct) =>
        TypedResults.Ok(await mediator.Send(new CheckChannel(http.Caller(), id), ct));

    [TakesHeader("If-Match")]
    private static async Task<Ok<ChannelView>> RotateKeyAsync(long id, HttpContext http, IMediator mediator, CancellationToken ct)
    {
        // An answer with a secret is kept by no cache.
        http.Response.Headers.CacheControl = "no-store";
        return TypedResults.Ok(await mediator.Send(new RotateChannelKey(http.Caller(), id, http.IfMatch()), ct));
    }

    [ProvenBy(SecuritySchemes.ChannelKey)]
    [Refuses(401)]
    private static async Task<Results<Accepted, Ok, UnauthorizedHttpResult>> ReceiveAsync(
        long id, ApiMessageBody body, HttpContext http, IMediator mediator, CancellationToken ct)
    {
        if (await mediator.Send(new ProveWebhook(id, ChannelName.Api, http.Request.Headers[KeyHeader].ToString()), ct) is not WebhookProof.Proven)
        {
            return TypedResults.Unauthorized();
        }

        var isNew = await mediator.Send(new ReceiveApiMessage(id, body.ExternalId, body.Customer, body.Text), CancellationToken.None);
        return isNew ? TypedResults.Accepted((string?)null) : TypedResults.Ok();
    }

    private static Domain.Shared.RuleBrokenException UnknownSource() => new("invalid_field", "Invalid value for field 'source'", "source");

    // Meta's pages show it as a number as often as in quotes.
    private static string? IdOf(JsonElement? id) => id switch
    {
        null or { ValueKind: JsonValueKind.Null } => null,
        { ValueKind: JsonValueKind.String } text => text.ReadableText() ?? text.GetRawText(),
        { ValueKind: JsonValueKind.Number } number => number.GetRawText(),
        _ => throw new Domain.Shared.RuleBrokenException("invalid_field", "Invalid value for field 'instagram_user_id'", "instagram_user_id"),
    };
}

/// <summary>What an administrator sends to connect a channel; which fields count depends on the source.</summary>
internal sealed record ConnectBody(
    [property: Required] string? Source,
    string? Name,
    string? BotToken,
    string? AccessToken,
    [property: JsonForms("string", "integer")] JsonElement? InstagramUserId)
{
    // A record prints its members; two of these are secrets.
    public override string ToString() => nameof(ConnectBody);
}

/// <summary>A customer's message of an integrator's own channel.</summary>
internal sealed record ApiMessageBody([property: Required] string? ExternalId, [property: Required] ApiCustomer? Customer, [property: Required] string? Text);
