using System.Collections.Concurrent;
using System.Globalization;
using System.Text.Json;
using Fiko.FunctionalTests.Hosting;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Fiko.FunctionalTests.Webhooks;

/// <summary>An integrator's server: a real Kestrel on loopback that keeps whatever it is sent, and behaves as a test says.</summary>
public sealed class WebhookReceiver : IAsyncDisposable
{
    private readonly ConcurrentQueue<ReceivedCall> _calls = new();
    private WebApplication? _app;

    public Uri Url { get; private set; } = null!;

    /// <summary>Every call, in the order in which they came.</summary>
    public IReadOnlyList<ReceivedCall> Calls => [.. _calls];

    /// <summary>Those that were answered with 200.</summary>
    public IReadOnlyList<ReceivedCall> Taken => [.. _calls.Where(c => c.IsTaken)];

    /// <summary>What it does with a call, by its number; by itself it takes it.</summary>
    public Func<ReceivedCall, HttpContext, Task> Behaves { get; set; } = (_, _) => Task.CompletedTask;

    public static async Task<WebhookReceiver> StartAsync()
    {
        var receiver = new WebhookReceiver();
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        receiver._app = builder.Build();
        receiver._app.Map("/{**path}", receiver.TakeAsync);
        await receiver._app.StartAsync();
        receiver.Url = new Uri($"{receiver._app.Urls.Single()}/hook?key=in-the-address");
        return receiver;
    }

    /// <summary>Answers the first calls so, and takes all after them.</summary>
    public void Fails(int times, Func<HttpContext, Task> how)
    {
        var left = times;
        Behaves = (_, http) => Interlocked.Decrement(ref left) >= 0 ? how(http) : Task.CompletedTask;
    }

    public Task<IReadOnlyList<ReceivedCall>> TookAsync(int count, Func<ReceivedCall, bool>? wanted = null) => Eventually.SeesAsync(
        () => Task.FromResult<IReadOnlyList<ReceivedCall>>([.. Taken.Where(wanted ?? (_ => true))]), taken => taken.Count >= count, $"{count} calls to be taken", TimeSpan.FromSeconds(60));

    public Task<IReadOnlyList<ReceivedCall>> HeardAsync(int count) =>
        Eventually.SeesAsync(() => Task.FromResult(Calls), calls => calls.Count >= count, $"{count} calls");

    public async ValueTask DisposeAsync()
    {
        if (_app is not null)
        {
            using var now = new CancellationTokenSource();
            await now.CancelAsync();
            await _app.StopAsync(now.Token);
            await _app.DisposeAsync();
        }
    }

    private async Task TakeAsync(HttpContext http)
    {
        using var body = new MemoryStream();
        await http.Request.Body.CopyToAsync(body);
        var call = new ReceivedCall(
            http.Request.Path,
            http.Request.Headers["Fiko-Webhook-Id"].ToString(),
            http.Request.Headers["Fiko-Signature"].ToString(),
            $"{http.Request.Method} {http.Request.ContentType} {http.Request.Headers.UserAgent}",
            body.ToArray());
        _calls.Enqueue(call);
        await Behaves(call, http);
        if (!http.RequestAborted.IsCancellationRequested)
        {
            call.IsTaken = http.Response.StatusCode is 200;
        }
    }
}

/// <param name="Path">Where it came to.</param>
/// <param name="Id">By which a receiver knows doubles.</param>
/// <param name="Signature">By which it knows the sender.</param>
/// <param name="Head">Method, type and sender.</param>
/// <param name="Bytes">What was signed.</param>
public sealed record ReceivedCall(string Path, string Id, string Signature, string Head, byte[] Bytes)
{
    private volatile bool _isTaken;

    public bool IsTaken
    {
        get => _isTaken;
        set => _isTaken = value;
    }

    public JsonElement Json => JsonDocument.Parse(Bytes).RootElement;

    public string Type => Json.Text("type")!;

    public string? Content => Json.At("message").ValueKind is JsonValueKind.Null ? null : Json.Text("message.content");

    public string? Conversation => Json.Text("conversation_id");

    public long Position => Mirror.PositionOf(Json.Text("cursor")!);

    public DateTimeOffset SignedAt => DateTimeOffset.FromUnixTimeSeconds(long.Parse(Signature.Split(',')[0]["t=".Length..], CultureInfo.InvariantCulture));
}
