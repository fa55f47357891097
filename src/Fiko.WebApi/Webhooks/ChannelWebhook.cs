using System.Text;
using Fiko.Application.Channels;
using MediatR;

namespace Fiko.WebApi.Webhooks;

/// <summary>
/// Where platforms post the updates of an account that has an address of its own. What shows the account's secret is stored as it
/// came and answered 200 with an empty body, whatever it is: any other answer would hold back that customer's later messages, at
/// Telegram for up to a day (core.telegram.org/bots/api#setwebhook).
/// </summary>
internal static class ChannelWebhook
{
    private const int MaxBytes = 4 * 1024 * 1024;

    public static void MapChannelWebhooks(this IEndpointRouteBuilder routes) =>
        routes.MapPost("/webhooks/{source}/{channel:long}", ReceiveAsync).AllowAnonymous().ExcludeFromDescription();

    private static async Task<IResult> ReceiveAsync(string source, long channel, HttpContext http, ChannelBook channels, IMediator mediator, CancellationToken ct)
    {
        if (channels.Find(source) is not IPushesUpdates platform
            || await mediator.Send(new ProveWebhook(channel, source, http.Request.Headers[platform.SecretHeader].ToString()), ct) is not WebhookProof.Proven)
        {
            return Results.Unauthorized();
        }

        if (http.Request.ContentLength > MaxBytes)
        {
            return Results.StatusCode(StatusCodes.Status413PayloadTooLarge);
        }

        // Never anything but UTF-8: two odd bytes at the beginning must not turn all the rest into another writing.
        using var reader = new StreamReader(http.Request.Body, Encoding.UTF8, detectEncodingFromByteOrderMarks: false);
        await mediator.Send(new ReceiveUpdate(channel, await reader.ReadToEndAsync(ct)), CancellationToken.None);
        return Results.Ok();
    }
}
