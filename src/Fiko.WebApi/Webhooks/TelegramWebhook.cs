using Fiko.Application.Channels;
using Fiko.Domain.Channels;
using MediatR;

namespace Fiko.WebApi.Webhooks;

/// <summary>
/// Where Telegram posts its updates. What shows the channel's secret is stored as it came and answered 200 with an empty
/// body, whatever it is: any other answer would hold back that customer's later messages for up to a day
/// (core.telegram.org/bots/api#setwebhook).
/// </summary>
internal static class TelegramWebhook
{
    private const string SecretHeader = "X-Telegram-Bot-Api-Secret-Token";
    private const int MaxBytes = 4 * 1024 * 1024;

    public static void MapTelegramWebhook(this IEndpointRouteBuilder routes) =>
        routes.MapPost("/webhooks/telegram/{channel:long}", ReceiveAsync).AllowAnonymous().ExcludeFromDescription();

    private static async Task<IResult> ReceiveAsync(long channel, HttpContext http, IMediator mediator, CancellationToken ct)
    {
        var secret = http.Request.Headers[SecretHeader].ToString();
        if (await mediator.Send(new ProveWebhook(channel, ChannelName.Telegram, secret), ct) is not WebhookProof.Proven)
        {
            return Results.Unauthorized();
        }

        if (http.Request.ContentLength > MaxBytes)
        {
            return Results.StatusCode(StatusCodes.Status413PayloadTooLarge);
        }

        using var reader = new StreamReader(http.Request.Body);
        await mediator.Send(new ReceiveUpdate(channel, await reader.ReadToEndAsync(ct)), CancellationToken.None);
        return Results.Ok();
    }
}
