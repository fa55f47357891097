namespace Fiko.WebApi.Sandbox.Telegram;

/// <summary>How a call ends that is meant to fail before anything is taken from it.</summary>
internal static class FaultAnswers
{
    private static readonly TimeSpan UsualDelay = TimeSpan.FromSeconds(5);

    public static BotAnswer? Of(FaultBody? fault) => fault?.Kind switch
    {
        "rate_limit" => BotAnswer.TooManyRequests(fault.RetryAfter),
        "server_error" => BotAnswer.Error(StatusCodes.Status500InternalServerError, "Internal Server Error"),
        "blocked" => BotRefusal.Blocked().Answer,
        "invalid_token" => BotAnswer.Error(StatusCodes.Status401Unauthorized, "Unauthorized"),
        "not_found" => NotFound(),
        _ => null,
    };

    public static BotAnswer NotFound() => BotAnswer.Error(StatusCodes.Status404NotFound, "Not Found");

    public static TimeSpan DelayOf(FaultBody fault) => fault.DelayMs is { } asked ? TimeSpan.FromMilliseconds(asked) : UsualDelay;

    /// <returns>True where the connection was cut or a proxy's page was given instead of an answer.</returns>
    public static async Task<bool> HinderAsync(HttpContext context, FaultBody? fault, CancellationToken ct)
    {
        switch (fault?.Kind)
        {
            case "cut_before":
                context.Abort();
                return true;
            case "bad_gateway":
                context.Response.StatusCode = StatusCodes.Status502BadGateway;
                context.Response.ContentType = "text/html";
                await context.Response.WriteAsync("<html><head><title>502 Bad Gateway</title></head><body><h1>502 Bad Gateway</h1></body></html>", ct);
                return true;
            default:
                return false;
        }
    }
}
