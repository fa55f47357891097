using System.Globalization;
using System.Text.RegularExpressions;
using Fiko.WebApi.Hosting;

namespace Fiko.WebApi.Sandbox.Telegram;

/// <summary>The Bot API as a client library meets it, on the paths that `SecretsOutOfUrls` leaves of the public ones.</summary>
internal static partial class BotApi
{
    private static readonly string[] Verbs = [HttpMethods.Get, HttpMethods.Post];

    public static RouteGroupBuilder MapBotApi(this RouteGroupBuilder telegram)
    {
        telegram.MapMethods("/api/{**method}", Verbs, CallAsync).DisableAntiforgery();
        telegram.MapMethods("/file/{**path}", Verbs, (HttpContext context) => NotFound().WriteAsync(context.Response, context.RequestAborted));
        return telegram;
    }

    private static async Task CallAsync(HttpContext context, TelegramSandbox sandbox, IHostApplicationLifetime lifetime, string method = "")
    {
        // A poll must end with the server, or the server would wait for it.
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted, lifetime.ApplicationStopping);
        try
        {
            var fault = method.Equals("sendMessage", StringComparison.OrdinalIgnoreCase) && TokenOf(context) is not null ? sandbox.Faults.Take() : null;
            switch (fault?.Kind)
            {
                case "cut_before":
                    context.Abort();
                    return;
                case "bad_gateway":
                    await BadGatewayAsync(context.Response, ended.Token);
                    return;
            }

            var answer = Faulty(fault) ?? await AnswerAsync(context, sandbox, method, ended.Token);
            switch (fault?.Kind)
            {
                case "cut_after":
                    context.Abort();
                    return;
                case "timeout":
                    await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, ended.Token);
                    return;
            }

            await answer.WriteAsync(context.Response, ended.Token);
        }
        catch (OperationCanceledException) when (ended.IsCancellationRequested)
        {
            // The client has gone or the server goes: nobody is left to answer.
        }
    }

    private static async Task<BotAnswer> AnswerAsync(HttpContext context, TelegramSandbox sandbox, string method, CancellationToken ct)
    {
        try
        {
            return context.Features.Get<BotTokenFeature>() is null ? NotFound()
                : TokenOf(context) is not { } bot ? BotAnswer.Error(StatusCodes.Status401Unauthorized, "Unauthorized: invalid token specified")
                : await BotMethods.CallAsync(sandbox, sandbox.Bot(bot), method, await BotParameters.ReadAsync(context.Request, ct), ct);
        }
        catch (BotRefusal refusal)
        {
            return refusal.Answer;
        }
    }

    private static BotAnswer? Faulty(FaultBody? fault) => fault?.Kind switch
    {
        "rate_limit" => BotAnswer.TooManyRequests(fault.RetryAfter),
        "server_error" => BotAnswer.Error(StatusCodes.Status500InternalServerError, "Internal Server Error"),
        "blocked" => BotRefusal.Blocked().Answer,
        "invalid_token" => BotAnswer.Error(StatusCodes.Status401Unauthorized, "Unauthorized"),
        _ => null,
    };

    private static BotAnswer NotFound() => BotAnswer.Error(StatusCodes.Status404NotFound, "Not Found");

    private static async Task BadGatewayAsync(HttpResponse response, CancellationToken ct)
    {
        response.StatusCode = StatusCodes.Status502BadGateway;
        response.ContentType = "text/html";
        await response.WriteAsync("<html><head><title>502 Bad Gateway</title></head><body><h1>502 Bad Gateway</h1></body></html>", ct);
    }

    private static long? TokenOf(HttpContext context) =>
        context.Features.Get<BotTokenFeature>() is { } feature && TokenForm().Match(feature.Token) is { Success: true } form
            ? long.Parse(form.Groups[1].ValueSpan, CultureInfo.InvariantCulture)
            : null;

    [GeneratedRegex(@"^([0-9]{5,16}):[A-Za-z0-9_-]{20,}\z")]
    private static partial Regex TokenForm();
}
