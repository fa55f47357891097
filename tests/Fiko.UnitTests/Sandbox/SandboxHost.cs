using System.Net.Http.Json;
using System.Text.Json.Nodes;
using System.Threading.Channels;
using Fiko.Infrastructure.Auth;
using Fiko.Infrastructure.Channels.Instagram;
using Fiko.WebApi.Hosting;
using Fiko.WebApi.Sandbox;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Telegram.Bot;
using Telegram.Bot.Types;

namespace Fiko.UnitTests.Sandbox;

/// <summary>The sandbox alone on a real server, with a receiver of webhooks beside it.</summary>
internal sealed class SandboxHost : IAsyncDisposable
{
    public const string Token = "7000000001:sandbox-token-of-the-tests-0001";
    public const string OtherToken = "7000000002:sandbox-token-of-the-tests-0002";

    private static readonly Lazy<DefaultEndpointDataSource> Sandbox = new(MapOnce);

    private readonly WebApplication _app;

    private SandboxHost(WebApplication app)
    {
        _app = app;
        Http = new HttpClient { BaseAddress = new Uri(app.Urls.Single()), Timeout = TimeSpan.FromSeconds(20) };
    }

    public HttpClient Http { get; }

    public Receiver Hook { get; } = new();

    public string HookUrl => $"{Http.BaseAddress}hook";

    public IServiceProvider Parts => _app.Services;

    public static CancellationToken Limit => TestContext.Current.CancellationToken;

    public static async Task<SandboxHost> StartAsync(TimeProvider? time = null, bool enabled = true, ILoggerProvider? logs = null, Dictionary<string, string?>? settings = null,
        Action<WebApplication>? map = null)
    {
        var app = Build(time, enabled, logs, settings);
        SandboxHost? host = null;
        if (enabled)
        {
            ((IEndpointRouteBuilder)app).DataSources.Add(Sandbox.Value);
        }
        else
        {
            app.MapSandbox();
        }

        app.MapPost("/hook", (Delegate)((HttpContext context) => host!.Hook.TakeAsync(context)));
        app.MapGet("/tokens", (Delegate)((HttpContext context) => new[]
        {
            context.Request.QueryString.Value,
            context.Features.Get<SocketTokenFeature>()?.Token,
            context.Features.Get<TicketFeature>()?.Ticket,
        }));
        map?.Invoke(app);
        await app.StartAsync(Limit);
        return host = new SandboxHost(app);
    }

    /// <summary>Customer 42 has said "hi" to the first bot, which has no webhook.</summary>
    public static async Task<SandboxHost> WithACustomerAsync(TimeProvider? time = null, Dictionary<string, string?>? settings = null)
    {
        var host = await StartAsync(time, settings: settings);
        await host.Bot().GetMe(Limit);
        await host.PostAsync("customers/42/messages", new { text = "hi" });
        return host;
    }

    /// <summary>A Bot API call that the client library would not make.</summary>
    public async Task<JsonNode> CallAsync(string method, HttpContent body) =>
        JsonNode.Parse(await (await Http.PostAsync($"/bot{Token}/{method}", body, Limit)).Content.ReadAsStringAsync(Limit))!;

    public async Task<Message> LastMessageAsync() => (await Bot().GetUpdates(cancellationToken: Limit))[^1].Message!;

    // No retries of its own: every answer of the sandbox is to be seen.
    public TelegramBotClient Bot(string token = Token, HttpClient? http = null) =>
        new(new TelegramBotClientOptions(token, Http.BaseAddress!.ToString()) { RetryThreshold = 0, RetryCount = 1 }, http ?? new HttpClient());

    public Task<HttpResponseMessage> PostAsync(string path, object? body = null) => Http.PostAsJsonAsync($"/sandbox/telegram/{path}", body ?? new { }, Limit);

    public async Task<JsonNode> LookAsync(string path) => (await Http.GetFromJsonAsync<JsonNode>($"/sandbox/telegram/{path}", Limit))!;

    public async Task FailAsync(string kind, int count = 1, int retryAfter = 1) =>
        (await Http.PutAsJsonAsync("/sandbox/telegram/faults", new { kind, count, retry_after = retryAfter }, Limit)).EnsureSuccessStatusCode();

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        await _app.DisposeAsync();
    }

    private static WebApplication Build(TimeProvider? time, bool enabled, ILoggerProvider? logs, Dictionary<string, string?>? settings)
    {
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions { WebRootPath = WebRoot() });

        // The server's own settings lie beside the tests; its log levels would hide what the tests look for.
        builder.Configuration.Sources.Clear();
        builder.Configuration.AddInMemoryCollection(settings ?? []);
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        builder.Configuration["Sandbox:Enabled"] = enabled.ToString();
        if (logs is not null)
        {
            builder.Logging.AddProvider(logs).SetMinimumLevel(LogLevel.Trace).AddFilter(_ => true);
        }

        builder.Services.AddSingleton(time ?? TimeProvider.System);
        builder.Services.AddAuthorization();
        builder.Services.Configure<InstagramOptions>(builder.Configuration.GetSection(InstagramOptions.Section));
        builder.Services.AddSandbox(builder.Configuration);
        builder.Services.AddSecretsOutOfUrls();
        return builder.Build();
    }

    // Endpoints ask the request's server for their parts, so that those of one server serve the others. Making the hundred
    // of them takes longer than most tests, and a group makes them whenever it is asked.
    private static DefaultEndpointDataSource MapOnce()
    {
        var app = Build(null, enabled: true, null, null);
        app.MapSandbox();
        return new([.. ((IEndpointRouteBuilder)app).DataSources.SelectMany(source => source.Endpoints)]);
    }

    private static string WebRoot()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "Fiko.sln")))
        {
            folder = folder.Parent!;
        }

        return Path.Combine(folder.FullName, "src", "Fiko.WebApi", "wwwroot");
    }
}

/// <summary>Takes webhooks, and answers as it is told.</summary>
internal sealed class Receiver
{
    private readonly Channel<Received> _received = Channel.CreateUnbounded<Received>();

    public Func<int, int> Answer { get; set; } = _ => StatusCodes.Status200OK;

    public int Calls { get; private set; }

    public async Task<IResult> TakeAsync(HttpContext context)
    {
        using var reader = new StreamReader(context.Request.Body);
        var received = new Received(
            await reader.ReadToEndAsync(context.RequestAborted),
            context.Request.Headers["X-Telegram-Bot-Api-Secret-Token"],
            context.Request.ContentType);
        var answer = Answer(++Calls);
        _received.Writer.TryWrite(received with { Status = answer });
        return TypedResults.StatusCode(answer);
    }

    public async Task<Received> NextAsync()
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(SandboxHost.Limit);
        limit.CancelAfter(TimeSpan.FromSeconds(10));
        return await _received.Reader.ReadAsync(limit.Token);
    }
}

internal sealed record Received(string Body, string? Secret, string? ContentType, int Status = 0)
{
    public JsonNode Update => JsonNode.Parse(Body)!;

    public string? Text => (string?)Update["message"]?["text"];
}
