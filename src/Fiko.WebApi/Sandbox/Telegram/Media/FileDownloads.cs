namespace Fiko.WebApi.Sandbox.Telegram.Media;

/// <summary>The bytes of files: to bots by their token and path, to the customers' side by a key.</summary>
internal static class FileDownloads
{
    public static RouteGroupBuilder MapMedia(this RouteGroupBuilder telegram)
    {
        telegram.MapGet("/media/{key}", Show);
        return telegram;
    }

    public static async Task DownloadAsync(HttpContext context, TelegramSandbox sandbox, TimeProvider time, IHostApplicationLifetime lifetime, string path = "")
    {
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted, lifetime.ApplicationStopping);
        try
        {
            var bot = BotApi.BotOf(context);
            var fault = bot is not null ? sandbox.Faults.Take(SendFaults.Download) : null;
            if (await FaultAnswers.HinderAsync(context, fault, ended.Token))
            {
                return;
            }

            if (FaultAnswers.Of(fault) is { } failure)
            {
                await failure.WriteAsync(context.Response, ended.Token);
            }
            else if (bot is not { } id || sandbox.Bot(id).Files.AtPath(path) is not { } kept)
            {
                await FaultAnswers.NotFound().WriteAsync(context.Response, ended.Token);
            }
            else
            {
                await WriteAsync(context, kept.Bytes, fault, time, ended.Token);
            }
        }
        catch (OperationCanceledException) when (ended.IsCancellationRequested)
        {
            // Nobody is left to read on.
        }
    }

    private static async Task WriteAsync(HttpContext context, byte[] bytes, FaultBody? fault, TimeProvider time, CancellationToken ct)
    {
        context.Response.ContentType = "application/octet-stream";
        context.Response.ContentLength = bytes.Length;
        await context.Response.Body.WriteAsync(bytes.AsMemory(0, bytes.Length / 2), ct);
        switch (fault?.Kind)
        {
            case "cut_after":
                await context.Response.Body.FlushAsync(ct);
                context.Abort();
                return;
            case "timeout":
                await context.Response.Body.FlushAsync(ct);
                await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, ct);
                return;
            case "slow_download":
                // In the middle: whoever measures the wait for the first byte alone is caught out.
                await context.Response.Body.FlushAsync(ct);
                await Task.Delay(FaultAnswers.DelayOf(fault), time, ct);
                break;
        }

        await context.Response.Body.WriteAsync(bytes.AsMemory(bytes.Length / 2), ct);
    }

    private static IResult Show(HttpContext context, TelegramSandbox sandbox, string key)
    {
        if (sandbox.Bots().Select(b => b.Files.AtKey(key)).FirstOrDefault(k => k is not null) is not { } kept)
        {
            return TypedResults.NotFound();
        }

        // Anybody may have posted it: it must not act as a page of this server.
        context.Response.Headers.XContentTypeOptions = "nosniff";
        context.Response.Headers.ContentSecurityPolicy = "sandbox";
        return TypedResults.Bytes(kept.Bytes, kept.File.MediaType, enableRangeProcessing: true);
    }
}
