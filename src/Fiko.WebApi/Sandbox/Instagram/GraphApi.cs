using System.Text.Json;
using System.Text.Json.Nodes;
using Fiko.Infrastructure.Auth;
using Microsoft.Net.Http.Headers;

namespace Fiko.WebApi.Sandbox.Instagram;

/// <summary>The Graph API as a client meets it, with the faults that were asked for.</summary>
internal static class GraphApi
{
    private const int LargestBody = 1024 * 1024;

    private static readonly TimeSpan LongestEcho = TimeSpan.FromSeconds(10);
    private static readonly string[] Verbs = [HttpMethods.Get, HttpMethods.Post, HttpMethods.Delete];

    public static RouteGroupBuilder MapGraphApi(this RouteGroupBuilder instagram)
    {
        instagram.MapMethods(@"/{version:regex(^v[0-9]{{1,3}}\.[0-9]$)}/{**path}", Verbs, CallAsync).DisableAntiforgery();
        instagram.MapGet("/refresh_access_token", (HttpContext context) => Refresh(context).WriteAsync(context.Response, context.RequestAborted));
        instagram.MapMethods("/{**path}", Verbs, (HttpContext context, string? path) =>
            GraphErrors.UnknownPath(path ?? "").WriteAsync(context.Response, context.RequestAborted));
        return instagram;
    }

    private static async Task CallAsync(HttpContext context, InstagramSandbox sandbox, GraphMethods methods, TimeProvider time, IHostApplicationLifetime lifetime, string path = "")
    {
        // A fault that never answers must end with the server, or the server would wait for it.
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted, lifetime.ApplicationStopping);
        try
        {
            var body = await ReadAsync(context.Request, ended.Token);
            var fault = GraphMethods.IsMessage(context.Request.Method, path, body) ? sandbox.Faults.Take() : null;
            switch (fault?.Kind)
            {
                case "cut_before":
                    context.Abort();
                    return;
                case "bad_gateway":
                    await BadGatewayAsync(context.Response, ended.Token);
                    return;
            }

            var (answer, echo) = Refused(fault) is { } refused ? (refused, Task.CompletedTask) : await AnswerAsync(context, sandbox, methods, path, body, ended.Token);
            switch (fault?.Kind)
            {
                case "cut_after":
                    context.Abort();
                    return;
                case "timeout":
                    await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, ended.Token);
                    return;
            }

            if (sandbox.Habits.Echoes.BeforeAnswer)
            {
                await Task.WhenAny(echo, Task.Delay(LongestEcho, time, ended.Token));
            }

            await (fault is { Kind: "unknown_error" } ? GraphErrors.UnknownError() : answer).WriteAsync(context.Response, ended.Token);
        }
        catch (OperationCanceledException) when (ended.IsCancellationRequested)
        {
            // The client has gone or the server goes: nobody is left to answer.
        }
    }

    private static async Task<(GraphAnswer Answer, Task Echo)> AnswerAsync(
        HttpContext context, InstagramSandbox sandbox, GraphMethods methods, string path, JsonObject? body, CancellationToken ct)
    {
        try
        {
            return InstagramToken.AccountOf(TokenOf(context)) is { } account
                ? await methods.CallAsync(sandbox.Account(account), context.Request, path.Trim('/'), body, ct)
                : (GraphErrors.InvalidToken(), Task.CompletedTask);
        }
        catch (GraphRefusal refusal)
        {
            return (refusal.Answer, Task.CompletedTask);
        }
    }

    private static GraphAnswer Refresh(HttpContext context) =>
        InstagramToken.AccountOf(TokenOf(context)) is not { } account ? GraphErrors.InvalidToken()
        : context.Request.Query["grant_type"] != "ig_refresh_token" ? GraphErrors.Parameter("Invalid parameter: grant_type")
        : GraphAnswer.Ok(new JsonObject
        {
            ["access_token"] = InstagramToken.NewFor(account),
            ["token_type"] = "bearer",
            ["expires_in"] = (long)TimeSpan.FromDays(60).TotalSeconds,
        });

    private static GraphAnswer? Refused(InstagramFault? fault) => fault?.Kind switch
    {
        "rate_limit" => GraphErrors.RateLimit(fault.RetryAfter),
        "server_error" => GraphErrors.ServerError(),
        "blocked" => GraphErrors.Blocked(),
        "invalid_token" => GraphErrors.InvalidToken(),
        "window_closed" => GraphErrors.OutsideWindow(),
        _ => null,
    };

    private static async Task BadGatewayAsync(HttpResponse response, CancellationToken ct)
    {
        response.StatusCode = StatusCodes.Status502BadGateway;
        response.ContentType = "text/html";
        await response.WriteAsync("<html><head><title>502 Bad Gateway</title></head><body><h1>502 Bad Gateway</h1></body></html>", ct);
    }

    /// <summary>Null for what is no JSON object: each call says by itself what it misses.</summary>
    private static async Task<JsonObject?> ReadAsync(HttpRequest request, CancellationToken ct)
    {
        if (request.Method != HttpMethods.Post || request.ContentLength > LargestBody)
        {
            return null;
        }

        try
        {
            return await JsonNode.ParseAsync(request.Body, documentOptions: new() { AllowDuplicateProperties = false }, cancellationToken: ct) as JsonObject;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    // The one of the query was taken out of it before anything could log it.
    private static string? TokenOf(HttpContext context) =>
        context.Request.Headers[HeaderNames.Authorization].ToString() is ['B' or 'b', ..] header && header.StartsWith("Bearer ", StringComparison.OrdinalIgnoreCase)
            ? header["Bearer ".Length..].Trim()
            : context.Features.Get<SocketTokenFeature>()?.Token;
}
