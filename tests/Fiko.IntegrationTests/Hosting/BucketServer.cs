using System.Collections.Concurrent;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Fiko.IntegrationTests.Hosting;

/// <summary>A stand-in for S3 in this process: the few calls that a store makes, with ranges. It believes every signature.</summary>
public sealed class BucketServer : IAsyncDisposable
{
    private readonly ConcurrentDictionary<string, byte[]> _objects = [];
    private readonly SemaphoreSlim _starting = new(1);
    private WebApplication? _app;

    public ConcurrentQueue<string> Ranges { get; } = [];

    public ConcurrentQueue<string> Authorizations { get; } = [];

    public async Task<Uri> StartAsync()
    {
        await _starting.WaitAsync();
        try
        {
            _app ??= await BuildAsync();
            return new Uri(_app.Urls.Single());
        }
        finally
        {
            _starting.Release();
        }
    }

    public async ValueTask DisposeAsync()
    {
        _starting.Dispose();
        if (_app is not null)
        {
            await _app.DisposeAsync();
        }
    }

    private async Task<WebApplication> BuildAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var app = builder.Build();
        app.Map("/{bucket}/{**key}", AnswerAsync);
        await app.StartAsync();
        return app;
    }

    private async Task<IResult> AnswerAsync(string bucket, string key, HttpRequest request)
    {
        Authorizations.Enqueue(request.Headers.Authorization.ToString());
        switch (request.Method)
        {
            case "PUT":
                using (var body = new MemoryStream())
                {
                    await request.Body.CopyToAsync(body);
                    _objects[key] = body.ToArray();
                }

                return Results.Ok();
            case "DELETE":
                _objects.TryRemove(key, out _);
                return Results.NoContent();
            case "GET" or "HEAD" when _objects.TryGetValue(key, out var bytes):
                if (request.Headers.Range.ToString() is { Length: > 0 } range)
                {
                    Ranges.Enqueue(range);
                }

                return Results.Bytes(bytes, enableRangeProcessing: true);
            default:
                return Results.Content("<Error><Code>NoSuchKey</Code><Message>The specified key does not exist.</Message></Error>", "application/xml", statusCode: 404);
        }
    }
}
