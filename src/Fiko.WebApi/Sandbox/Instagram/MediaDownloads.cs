using Microsoft.AspNetCore.Http.HttpResults;

namespace Fiko.WebApi.Sandbox.Instagram;

/// <summary>The files behind the webhooks' addresses, as Meta's CDN hands them out.</summary>
internal static class MediaDownloads
{
    public static async Task<Results<FileContentHttpResult, NotFound, EmptyHttpResult>> ServeAsync(
        HttpContext context, InstagramSandbox sandbox, SandboxMedia media, TimeProvider time, string key)
    {
        var (response, ct) = (context.Response, context.RequestAborted);
        var fault = sandbox.Faults.TakeDownload();
        if (fault is { Kind: "not_found" } || media.Find(key) is not { } file)
        {
            return TypedResults.NotFound();
        }

        // The files are anybody's: no browser may take one for a page of this server.
        response.Headers.XContentTypeOptions = "nosniff";
        response.Headers.ContentSecurityPolicy = "sandbox";
        if (fault is null)
        {
            return TypedResults.Bytes(file.Content, file.Type, enableRangeProcessing: true);
        }

        var half = file.Content.Length / 2;
        (response.ContentType, response.ContentLength) = (file.Type, file.Content.Length);
        await response.Body.WriteAsync(file.Content.AsMemory(0, half), ct);
        await response.Body.FlushAsync(ct);
        await Task.Delay(TimeSpan.FromMilliseconds(fault.DelayMs), time, ct);
        await response.Body.WriteAsync(file.Content.AsMemory(half), ct);
        return TypedResults.Empty;
    }
}
