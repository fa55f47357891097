using System.Text.Json;
using Fiko.Application.Channels;
using Fiko.Domain.Channels;
using Fiko.Infrastructure.Auth;
using MediatR;

namespace Fiko.WebApi.Api;

/// <summary>Channels over REST (rest.md, Channels).</summary>
internal static class ChannelsApi
{
    private const string KeyHeader = "X-Fiko-Channel-Key";

    public static void MapChannels(this IEndpointRouteBuilder routes)
    {
        var channels = routes.MapGroup("/channels").RequireAuthorization();
        channels.MapGet("/", async (HttpContext http, IMediator mediator, CancellationToken ct) =>
            Results.Ok(new { items = await mediator.Send(new ListChannels(http.Caller()), ct), next_cursor = (string?)null }));
        channels.MapGet("/{id:long}", (long id, HttpContext http, IMediator mediator, CancellationToken ct) =>
            mediator.Send(new GetChannel(http.Caller(), id), ct));
        channels.MapPost("/", ConnectAsync);
        channels.MapPost("/{id:long}/check", (long id, HttpContext http, IMediator mediator, CancellationToken ct) =>
            mediator.Send(new CheckChannel(http.Caller(), id), ct));
        channels.MapDelete("/{id:long}", async (long id, HttpContext http, IMediator mediator, CancellationToken ct) =>
        {
            await mediator.Send(new RemoveChannel(http.Caller(), id), ct);
            return Results.NoContent();
        });
        channels.MapPost("/{id:long}/messages", ReceiveAsync).AllowAnonymous();
    }

    private static async Task<IResult> ConnectAsync(ConnectBody body, HttpContext http, IMediator mediator, CancellationToken ct)
    {
        object created = body.Source switch
        {
            "telegram" => await mediator.Send(new ConnectTelegram(http.Caller(), body.BotToken), ct),
            "instagram" => await mediator.Send(new ConnectInstagram(http.Caller(), body.AccessToken, IdOf(body.InstagramUserId)), ct),
            "api" => await mediator.Send(new CreateApiChannel(http.Caller(), body.Name), ct),
            _ => throw UnknownSource(),
        };
        return Results.Json(created, statusCode: StatusCodes.Status201Created);
    }

    private static async Task<IResult> ReceiveAsync(long id, ApiMessageBody body, HttpContext http, IMediator mediator, CancellationToken ct)
    {
        if (await mediator.Send(new ProveWebhook(id, ChannelName.Api, http.Request.Headers[KeyHeader].ToString()), ct) is not WebhookProof.Proven)
        {
            return Results.Unauthorized();
        }

        var isNew = await mediator.Send(new ReceiveApiMessage(id, body.ExternalId, body.Customer, body.Text), CancellationToken.None);
        return isNew ? Results.Accepted() : Results.Ok();
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

    private sealed record ConnectBody(string? Source, string? Name, string? BotToken, string? AccessToken, JsonElement? InstagramUserId);

    private sealed record ApiMessageBody(string? ExternalId, ApiCustomer? Customer, string? Text);
}
