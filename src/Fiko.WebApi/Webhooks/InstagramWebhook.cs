using System.Buffers;
using Fiko.Infrastructure.Channels.Instagram;
using Fiko.WebApi.Hosting;
using MediatR;

namespace Fiko.WebApi.Webhooks;

/// <summary>
/// Where Instagram posts what happens in any account: one address for the whole app. What is signed is stored as it came and
/// answered 200 with an empty body, whatever it is: too many other answers, and Meta switches the webhooks off
/// (developers.facebook.com/docs/graph-api/webhooks/getting-started).
/// </summary>
internal static class InstagramWebhook
{
    private const string Address = "/webhooks/instagram";
    private const string SignatureHeader = "X-Hub-Signature-256";
    private const int MaxBytes = 4 * 1024 * 1024;

    public static void MapInstagramWebhook(this IEndpointRouteBuilder routes)
    {
        routes.MapGet(Address, Verify).AllowAnonymous().ExcludeFromDescription();
        routes.MapPost(Address, ReceiveAsync).AllowAnonymous().ExcludeFromDescription();
    }

    private static IResult Verify(HttpContext http, InstagramWebhooks webhooks)
    {
        var challenge = http.Request.Query["hub.challenge"].FirstOrDefault();
        return challenge is not null && webhooks.MayRegister(http.Request.Query["hub.mode"].FirstOrDefault(), http.Features.Get<VerifyTokenFeature>()?.Token)
            ? Results.Text(challenge, "text/plain")
            : Results.StatusCode(StatusCodes.Status403Forbidden);
    }

    private static async Task<IResult> ReceiveAsync(HttpContext http, InstagramWebhooks webhooks, IMediator mediator, CancellationToken ct)
    {
        if (await ReadAsync(http.Request, ct) is not { } body)
        {
            return Results.StatusCode(StatusCodes.Status413PayloadTooLarge);
        }

        if (!webhooks.Proves(body, http.Request.Headers[SignatureHeader].ToString()))
        {
            return Results.Unauthorized();
        }

        var updates = webhooks.Read(body);
        if (updates is not { Updates: [], Stray: null })
        {
            await mediator.Send(updates, CancellationToken.None);
        }

        return Results.Ok();
    }

    // The signature is over the bytes, so that they are read as bytes; and no further than anything Meta sends.
    private static async Task<byte[]?> ReadAsync(HttpRequest request, CancellationToken ct)
    {
        if (request.ContentLength > MaxBytes)
        {
            return null;
        }

        while (true)
        {
            var read = await request.BodyReader.ReadAsync(ct);
            if (read.Buffer.Length > MaxBytes)
            {
                request.BodyReader.AdvanceTo(read.Buffer.End);
                return null;
            }

            if (read.IsCompleted)
            {
                var body = read.Buffer.ToArray();
                request.BodyReader.AdvanceTo(read.Buffer.End);
                return body;
            }

            // Looked at and left there, so that it grows into one piece.
            request.BodyReader.AdvanceTo(read.Buffer.Start, read.Buffer.End);
        }
    }
}
