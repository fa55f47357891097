using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using System.Threading.Channels;
using Fiko.WebApi.Sandbox;
using Fiko.WebApi.Sandbox.Instagram;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Fiko.UnitTests.Sandbox.Instagram;

/// <summary>The sandbox's Instagram, with the webhook that it posts to in place of Fiko's own, and files to be fetched.</summary>
internal sealed class InstagramHost : IAsyncDisposable
{
    public const string Account = "17841400000000009";
    public const string Token = $"IGSB{Account}-token-of-the-tests-0001";
    public const string Customer = "990000000000042";

    private readonly SandboxHost _host;

    private InstagramHost(SandboxHost host, InstagramReceiver hook) => (_host, Hook) = (host, hook);

    public InstagramReceiver Hook { get; }

    public HttpClient Http => _host.Http;

    public IServiceProvider Parts => _host.Parts;

    public string Secret => Parts.GetRequiredService<SandboxInstagramEndpoint>().AppSecrets[0];

    public static CancellationToken Limit => SandboxHost.Limit;

    /// <param name="time">The real one unless given.</param>
    /// <param name="fields">What the account's app subscribes to; everything unless given.</param>
    /// <param name="logs">Takes all that is logged.</param>
    /// <param name="settings">The server's settings.</param>
    public static async Task<InstagramHost> StartAsync(
        TimeProvider? time = null, string? fields = null, ILoggerProvider? logs = null, Dictionary<string, string?>? settings = null)
    {
        var hook = new InstagramReceiver();
        var host = new InstagramHost(
            await SandboxHost.StartAsync(time, logs: logs, settings: settings, map: app =>
            {
                app.MapPost("/webhooks/instagram", (Delegate)hook.TakeAsync);
                app.MapGet("/files/{size:int}", (int size, string type) => TypedResults.Bytes(new byte[size], type, "a name.bin"));
            }), hook);
        if (fields is not "")
        {
            var answer = await host.GraphAsync(HttpMethod.Post, $"{Account}/subscribed_apps?subscribed_fields={fields ?? string.Join(',', InstagramSandbox.AllFields)}");
            Assert.Equal("""{"success":true}""", answer.Json.ToJsonString());
        }

        return host;
    }

    /// <summary>A host where the customer has written and nothing of that is left at the webhook.</summary>
    public static async Task<InstagramHost> WithACustomerAsync(TimeProvider? time = null)
    {
        var host = await StartAsync(time);
        await host.WriteAsync("hi");
        await host.Hook.NextAsync();
        await host.Hook.NextAsync();
        return host;
    }

    /// <returns>The message's mid.</returns>
    public Task<string> WriteAsync(string text, string customer = Customer) => DeedAsync($"customers/{customer}/messages", new { text });

    /// <returns>The message's mid.</returns>
    public async Task<string> DeedAsync(string path, object? body = null)
    {
        var answer = await PostAsync(path, body);
        Assert.True(answer.StatusCode is HttpStatusCode.Accepted, await answer.Content.ReadAsStringAsync(Limit));
        return (string)(await answer.Content.ReadFromJsonAsync<JsonNode>(Limit))!["mid"]!;
    }

    public Task<HttpResponseMessage> PostAsync(string path, object? body = null) => Http.PostAsJsonAsync($"/sandbox/instagram/{path}", body ?? new { }, Limit);

    public async Task PutAsync(string path, object body) =>
        Assert.Equal(HttpStatusCode.NoContent, (await Http.PutAsJsonAsync($"/sandbox/instagram/{path}", body, Limit)).StatusCode);

    public async Task<JsonNode> LookAsync(string path = $"customers/{Customer}/messages") =>
        (await Http.GetFromJsonAsync<JsonNode>($"/sandbox/instagram/{path}", Limit))!;

    public async Task<JsonNode[]> ItemsAsync() => [.. (await LookAsync())["items"]!.AsArray().Select(i => i!)];

    /// <summary>A text of the business, as an app sends it.</summary>
    public Task<GraphReply> SendAsync(string text, string customer = Customer) =>
        SendAsync(new { recipient = new { id = customer }, message = new { text } });

    public Task<GraphReply> SendAsync(object body) => GraphAsync(HttpMethod.Post, $"{Account}/messages", body);

    public Task<GraphReply> ActAsync(string action, object? payload = null) =>
        SendAsync(new { recipient = new { id = Customer }, sender_action = action, payload });

    public async Task<GraphReply> GraphAsync(HttpMethod method, string path, object? body = null, string? token = Token)
    {
        using var request = new HttpRequestMessage(method, $"/sandbox/instagram/v25.0/{path}");
        request.Content = body is null ? null : JsonContent.Create(body);
        request.Headers.Authorization = token is null ? null : new AuthenticationHeaderValue("Bearer", token);
        using var answer = await Http.SendAsync(request, Limit);
        return new((int)answer.StatusCode, JsonNode.Parse(await answer.Content.ReadAsStringAsync(Limit))!, answer.Headers.RetryAfter?.ToString());
    }

    public ValueTask DisposeAsync() => _host.DisposeAsync();
}

internal sealed record GraphReply(int Status, JsonNode Json, string? RetryAfter = null)
{
    public (int? Code, int? Subcode) Error => ((int?)Json["error"]?["code"], (int?)Json["error"]?["error_subcode"]);

    public string? Mid => (string?)Json["message_id"];
}

/// <summary>Takes webhooks, and answers as it is told.</summary>
internal sealed class InstagramReceiver
{
    private readonly Channel<PostedEvent> _posted = Channel.CreateUnbounded<PostedEvent>();
    private int _calls;

    public Func<int, int> Answer { get; set; } = _ => StatusCodes.Status200OK;

    public int Calls => _calls;

    public async Task<IResult> TakeAsync(HttpContext context)
    {
        using var body = new MemoryStream();
        await context.Request.Body.CopyToAsync(body, context.RequestAborted);
        var answer = Answer(Interlocked.Increment(ref _calls));
        _posted.Writer.TryWrite(new(body.ToArray(), context.Request.Headers[WebhookSignature.Header].ToString(), context.Request.ContentType, answer));
        return TypedResults.StatusCode(answer);
    }

    public async Task<PostedEvent> NextAsync()
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(SandboxHost.Limit);
        limit.CancelAfter(TimeSpan.FromSeconds(20));
        return await _posted.Reader.ReadAsync(limit.Token);
    }

    /// <summary>The next event that holds something of this name.</summary>
    public async Task<JsonNode> NextAsync(string kind)
    {
        for (; ; )
        {
            if ((await NextAsync()).Item is var item && item[kind] is not null)
            {
                return item;
            }
        }
    }
}

internal sealed record PostedEvent(byte[] Bytes, string Signature, string? ContentType, int Status)
{
    public string Body => System.Text.Encoding.UTF8.GetString(Bytes);

    public JsonNode Item => JsonNode.Parse(Bytes)!["entry"]![0]!["messaging"]![0]!;
}
