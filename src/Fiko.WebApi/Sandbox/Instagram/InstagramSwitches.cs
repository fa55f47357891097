using Microsoft.AspNetCore.Http.HttpResults;

namespace Fiko.WebApi.Sandbox.Instagram;

/// <summary>How the stand-in behaves: what fails, how echoes come, how often and in which order webhooks are posted.</summary>
internal static class InstagramSwitches
{
    private const int MostCopies = 10;
    private const int LongestDelayMs = 60_000;

    public static RouteGroupBuilder MapInstagramSwitches(this RouteGroupBuilder instagram)
    {
        instagram.MapPost("/updates", PostRawAsync);

        instagram.MapGet("/faults", (InstagramSandbox sandbox) => InstagramCustomers.Json(sandbox.Faults.Left ?? new InstagramFault { Count = 0, RetryAfter = 0 }));
        instagram.MapPut("/faults", (HttpRequest request, InstagramSandbox sandbox, CancellationToken ct) => PutAsync<InstagramFault>(request, f => sandbox.Faults.Set(Checked(f)), ct));
        instagram.MapDelete("/faults", (InstagramSandbox sandbox) => Done(() => sandbox.Faults.Set(null)));

        instagram.MapGet("/echoes", (InstagramSandbox sandbox) => InstagramCustomers.Json(sandbox.Habits.Echoes));
        instagram.MapPut("/echoes", (HttpRequest request, InstagramSandbox sandbox, CancellationToken ct) => PutAsync<EchoHabits>(request, e => sandbox.Habits.Echoes = Checked(e), ct));
        instagram.MapDelete("/echoes", (InstagramSandbox sandbox) => Done(() => sandbox.Habits.Echoes = new()));

        instagram.MapGet("/webhooks", (InstagramSandbox sandbox) => InstagramCustomers.Json(sandbox.Habits.Webhooks));
        instagram.MapPut("/webhooks", (HttpRequest request, InstagramSandbox sandbox, CancellationToken ct) => PutAsync<WebhookHabits>(request, w => sandbox.Habits.Set(Checked(w)), ct));
        instagram.MapDelete("/webhooks", (InstagramSandbox sandbox) => Done(() => sandbox.Habits.Set(new())));
        return instagram;
    }

    /// <summary>Posted once, signed, byte for byte; answered with what the webhook said.</summary>
    private static async Task<IResult> PostRawAsync(HttpRequest request, EventPost post, CancellationToken ct)
    {
        using var body = new MemoryStream();
        await request.Body.CopyToAsync(body, ct);
        return InstagramCustomers.Json(new { Status = await post.PostAsync(body.ToArray(), ct) }, StatusCodes.Status202Accepted);
    }

    private static async Task<IResult> PutAsync<T>(HttpRequest request, Action<T> put, CancellationToken ct)
        where T : class, new()
    {
        put(await SandboxJson.ReadAsync<T>(request, ct));
        return TypedResults.NoContent();
    }

    private static NoContent Done(Action what)
    {
        what();
        return TypedResults.NoContent();
    }

    private static InstagramFault Checked(InstagramFault fault)
    {
        var asked = fault with { Kinds = fault.Kinds ?? [] };
        string[] known = [.. SendFaults.Kinds, .. SendFaults.DownloadKinds];
        return !asked.Named.All(known.Contains) ? throw Refusal($"kind, and each of kinds, is one of {string.Join(", ", known)}.")
            : asked is not { Count: >= 0 and <= 100_000, RetryAfter: >= 1 and <= 3600, Share: > 0 and <= 1, DelayMs: >= 0 and <= LongestDelayMs }
                ? throw Refusal($"count is 0 to 100000, retry_after 1 to 3600 seconds, share more than 0 and at most 1, delay_ms 0 to {LongestDelayMs}.")
            : asked;
    }

    private static EchoHabits Checked(EchoHabits echoes) => echoes.DelayMs is >= 0 and <= LongestDelayMs
        ? echoes
        : throw Refusal($"delay_ms is 0 to {LongestDelayMs}.");

    private static WebhookHabits Checked(WebhookHabits webhooks) =>
        webhooks is not { Repeat: >= 1 and <= MostCopies, ShuffleMs: >= 0 and <= LongestDelayMs } ? throw Refusal($"repeat is 1 to {MostCopies}, shuffle_ms 0 to {LongestDelayMs}.")
        : webhooks.Url is { } url && !(Uri.TryCreate(url, UriKind.Absolute, out var address) && address.Scheme is "http" or "https") ? throw Refusal("url is an absolute http or https address.")
        : webhooks;

    private static SandboxRefusal Refusal(string reason) => new(StatusCodes.Status400BadRequest, reason);
}
