namespace Fiko.WebApi.Sandbox.Telegram;

/// <summary>Lets the next sendMessage calls fail in a chosen way.</summary>
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

    private static async Task<IResult> PutAsync(HttpRequest request, TelegramSandbox sandbox, CancellationToken ct)
    {
        var fault = await SandboxJson.ReadAsync<FaultBody>(request, ct);
        if (!SendFaults.Kinds.Contains(fault.Kind))
        {
            throw new SandboxRefusal(StatusCodes.Status400BadRequest, $"kind is one of {string.Join(", ", SendFaults.Kinds)}.");
        }

        if (fault is not { Count: >= 0 and <= 100_000, RetryAfter: >= 1 and <= 3600 })
        {
            throw new SandboxRefusal(StatusCodes.Status400BadRequest, "count is 0 to 100000, retry_after 1 to 3600 seconds.");
        }

        sandbox.Faults.Set(fault);
        return TypedResults.NoContent();
    }
}
