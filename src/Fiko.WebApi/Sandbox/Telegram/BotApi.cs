using System.Globalization;
using System.Text.RegularExpressions;
using Fiko.WebApi.Hosting;
using Fiko.WebApi.Sandbox.Telegram.Media;
using Microsoft.AspNetCore.Mvc;

namespace Fiko.WebApi.Sandbox.Telegram;

/// <summary>The Bot API as a client library meets it, on the paths that `SecretsOutOfUrls` leaves of the public ones.</summary>
internal static partial class BotApi
{
    // More than the largest upload: Telegram's own refusal of it has to be reached.
    public const long LargestRequest = 128 * 1024 * 1024;

    private static readonly string[] Verbs = [HttpMethods.Get, HttpMethods.Post];

    public static RouteGroupBuilder MapBotApi(this RouteGroupBuilder telegram)
    {
        telegram.MapMethods("/api/{**method}", Verbs, CallAsync).DisableAntiforgery().WithMetadata(new RequestSizeLimitAttribute(LargestRequest));
        telegram.MapMethods("/file/{**path}", Verbs, FileDownloads.DownloadAsync);
        return telegram;
    }

    /// <summary>The bot of the call's token; null for a malformed token and for a call without one.</summary>
    public static long? BotOf(HttpContext context) =>
        context.Features.Get<BotTokenFeature>() is { } feature && TokenForm().Match(feature.Token) is { Success: true } form
            ? long.Parse(form.Groups[1].ValueSpan, CultureInfo.InvariantCulture)
            : null;

    private static async Task CallAsync(HttpContext context, TelegramSandbox sandbox, TimeProvider time, IHostApplicationLifetime lifetime, string method = "")
    {
        // A poll must end with the server, or the server would wait for it.
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted, lifetime.ApplicationStopping);
        try
        {
            var fault = BotOf(context) is not null ? sandbox.Faults.Take(method) : null;
            if (await FaultAnswers.HinderAsync(context, fault, ended.Token))
            {
                return;
            }

            var answer = FaultAnswers.Of(fault) ?? await AnswerAsync(context, sandbox, method, ended.Token);
            switch (fault?.Kind)
            {
                case "cut_after":
                    context.Abort();
                    return;
                case "timeout":
                    await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, ended.Token);
                    return;
                case "slow_download":
                    await Task.Delay(FaultAnswers.DelayOf(fault), time, ended.Token);
                    break;
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
            return context.Features.Get<BotTokenFeature>() is null ? FaultAnswers.NotFound()
                : BotOf(context) is not { } bot ? BotAnswer.Error(StatusCodes.Status401Unauthorized, "Unauthorized: invalid token specified")
                : await BotMethods.CallAsync(sandbox, sandbox.Bot(bot), method, await BotParameters.ReadAsync(context.Request, ct), ct);
        }
        catch (BotRefusal refusal)
        {
            return refusal.Answer;
        }
    }

    [GeneratedRegex(@"^([0-9]{5,16}):[A-Za-z0-9_-]{20,}\z")]
    private static partial Regex TokenForm();
}
