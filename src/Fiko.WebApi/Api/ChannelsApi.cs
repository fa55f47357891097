using System.ComponentModel.DataAnnotations;
using System.Text.Json;
using Fiko.Application.Channels;
using Fiko.Application.Resources;
using Fiko.Domain.Channels;
using Fiko.Infrastructure.Auth;
using Fiko.WebApi.Contract;
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
        channels.MapPost("/{id:long}/check", CheckAsync).WithSummary("Ask the platform now whether the channel works");
        channels.MapDelete("/{id:long}", RemoveAsync).WithName("removeChannel").WithSummary("Disconnect a channel; conversations stay");
        channels.MapPost("/{id:long}/messages", ReceiveAsync).AllowAnonymous().WithName("bringCustomerMessage").WithSummary("A customer's message of a channel of your own");
    }

    private static async Task<Ok<Page<ChannelView>>> ListAsync(HttpContext http, IMediator mediator, CancellationToken ct) =>
        TypedResults.Ok(new Page<ChannelView>(await mediator.Send(new ListChannels(http.Caller()), ct), null));

    private static async Task<Ok<ChannelView>> GetAsync(long id, HttpContext http, IMediator mediator, CancellationToken ct) =>
        TypedResults.Ok(await mediator.Send(new GetChannel(http.Caller(), id), ct));

    [Refuses(422)]
    private static async Task<Ok<ChannelView>> CheckAsync(long id, HttpContext http, IMediator mediator, CancellationToken ct) =>
        TypedResults.Ok(await mediator.Send(new CheckChannel(http.Caller(), id), ct));

    private static async Task<NoContent> RemoveAsync(long id, HttpContext http, IMediator mediator, CancellationToken ct)
    {
        await mediator.Send(new RemoveChannel(http.Caller(), id), ct);
        return TypedResults.NoContent();
    }

    [Refuses(422)]
    private static async Task<Created<ChannelView>> ConnectAsync(ConnectBody body, HttpContext http, IMediator mediator, CancellationToken ct)
    {
        var created = body.Source switch
        {
            "telegram" => await mediator.Send(new ConnectTelegram(http.Caller(), body.BotToken), ct),
            "instagram" => await mediator.Send(new ConnectInstagram(http.Caller(), body.AccessToken, IdOf(body.InstagramUserId)), ct),
            "api" => await mediator.Send(new CreateApiChannel(http.Caller(), body.Name), ct),
            _ => throw UnknownSource(),
        };
        return TypedResults.Created($"/api/v1/channels/{created.Id}", created);
    }

    [ProvenBy(SecuritySchemes.ChannelKey)]
    [Refuses(401)]
    private static async Task<Results<Accepted, Ok, UnauthorizedHttpResult>> ReceiveAsync(long id, ApiMessageBody body, HttpContext http, IMediator mediator, CancellationToken ct)
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
        { ValueKind: JsonValueKind.String } text => text.GetString(),
        { ValueKind: JsonValueKind.Number } number => number.GetRawText(),
        _ => throw new Domain.Shared.RuleBrokenException("invalid_field", "Invalid value for field 'instagram_user_id'", "instagram_user_id"),
    };

    private sealed record ConnectBody(
        [property: Required] string? Source,
        string? Name,
        string? BotToken,
        string? AccessToken,
        [property: JsonForms("string", "integer")] JsonElement? InstagramUserId);

    private sealed record ApiMessageBody([property: Required] string? ExternalId, [property: Required] ApiCustomer? Customer, [property: Required] string? Text);
}
