namespace Fiko.WebApi.Sandbox.Telegram;

/// <summary>Lets calls fail, and updates come, as one would rather not have it.</summary>
internal static class FaultEndpoints
{
    public static RouteGroupBuilder MapFaults(this RouteGroupBuilder telegram)
    {
        telegram.MapGet("/faults", (TelegramSandbox sandbox) => CustomerEndpoints.Json(sandbox.Faults.Left ?? new FaultBody(null, 0, 0)));
        telegram.MapPut("/faults", PutAsync);
        telegram.MapDelete("/faults", (TelegramSandbox sandbox) =>
        {
            sandbox.Faults.Set(null);
            return TypedResults.NoContent();
        });
        return telegram;
    }

    public static RouteGroupBuilder MapPosting(this RouteGroupBuilder telegram)
    {
        telegram.MapGet("/webhooks", (TelegramSandbox sandbox) => CustomerEndpoints.Json(sandbox.Posting.Current));
        telegram.MapPut("/webhooks", PutPostingAsync);
        return telegram;
    }

    private static async Task<IResult> PutAsync(HttpRequest request, TelegramSandbox sandbox, CancellationToken ct)
    {
        var fault = await SandboxJson.ReadAsync<FaultBody>(request, ct);
        if (!(fault.Kinds ?? [fault.Kind!]).All(SendFaults.Kinds.Contains) || (fault is { Kind: { } kind, Kinds: not null } && !SendFaults.Kinds.Contains(kind)))
        {
            throw new SandboxRefusal(StatusCodes.Status400BadRequest, $"kind is one of {string.Join(", ", SendFaults.Kinds)}.");
        }

        if (fault is not { Count: >= 0 and <= 100_000, RetryAfter: >= 1 and <= 3600, Share: null or (>= 0 and <= 1), DelayMs: null or (>= 0 and <= 600_000) })
        {
            throw new SandboxRefusal(
                StatusCodes.Status400BadRequest, "count is 0 to 100000, retry_after 1 to 3600 seconds, share 0 to 1, delay_ms 0 to 600000.");
        }

        sandbox.Faults.Set(fault);
        return TypedResults.NoContent();
    }

    private static async Task<IResult> PutPostingAsync(HttpRequest request, TelegramSandbox sandbox, CancellationToken ct)
    {
        var wished = await SandboxJson.ReadAsync<PostingBody>(request, ct);
        if (wished is not { Repeat: >= 1 and <= 3, ShuffleMs: >= 0 and <= 60_000 })
        {
            throw new SandboxRefusal(StatusCodes.Status400BadRequest, "repeat is 1 to 3, shuffle_ms 0 to 60000.");
        }

        sandbox.Posting.Set(wished);
        return TypedResults.NoContent();
    }
}
