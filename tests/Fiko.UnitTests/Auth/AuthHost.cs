using System.Net.Http.Headers;
using System.Text.Json;
using Fiko.Infrastructure.Auth;
using Fiko.WebApi.Api;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Fiko.UnitTests.Auth;

/// <summary>A real Kestrel server with the slice alone. <c>/who</c> answers the caller's id, <c>/ws/who</c> also "nobody".</summary>
internal sealed class AuthHost : IAsyncDisposable
{
    private readonly AuthWorld _world = new(realPasswords: true);
    private readonly WebApplication _app;

    private AuthHost(Action<IServiceCollection>? more, Dictionary<string, string?>? jwt)
    {
        var builder = WebApplication.CreateSlimBuilder();

        // The server's own settings lie beside the tests; neither its log levels nor its key are wanted here.
        builder.Configuration.Sources.Clear();
        builder.Configuration.AddInMemoryCollection(jwt ?? new Dictionary<string, string?> { ["Jwt:SigningKey"] = AuthWorld.Key });
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders().SetMinimumLevel(LogLevel.Trace).AddProvider(Log);
        builder.Services.ConfigureHttpJsonOptions(o => o.SerializerOptions.PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower);
        _world.AddTo(builder.Services, builder.Configuration);
        more?.Invoke(builder.Services);
        _app = builder.Build();
        _app.Use((context, next) =>
        {
            if (context.Request.Headers["X-Url-Token"] is [{ } token])
            {
                context.Features.Set(new SocketTokenFeature(token));
            }

            return next(context);
        });
        _app.UseAuthentication();
        _app.UseAuthorization();
        _app.MapGroup("/api/v1").MapAuth();
        _app.MapGet("/who", (HttpContext context) => context.Caller().AgentId).RequireAuthorization();
        _app.MapGet("/ws/who", (HttpContext context) => context.ProvenCaller()?.Caller.AgentId.ToString(System.Globalization.CultureInfo.InvariantCulture) ?? "nobody");
        _app.MapGet("/read", async (string token, TokenReader reader, CancellationToken ct) => await reader.ReadAsync(token, ct) is { } proven
            ? Results.Text($"{proven.Caller.AgentId} {proven.ExpiresAt:O}")
            : Results.Text("nobody"));
    }

    public AuthWorld World => _world;

    public IServiceProvider Services => _app.Services;

    public HttpClient Http { get; } = new();

    public CapturedLog Log { get; } = new();

    public static async Task<AuthHost> StartAsync(Action<IServiceCollection>? more = null, Dictionary<string, string?>? jwt = null)
    {
        var host = new AuthHost(more, jwt);
        await host._app.StartAsync(AuthWorld.Ct);
        host.Http.BaseAddress = new Uri(host._app.Urls.First());
        return host;
    }

    public Task<HttpResponseMessage> GetAsync(string path, string? token, params (string Name, string Value)[] headers)
    {
        var request = new HttpRequestMessage(HttpMethod.Get, path);
        if (token is not null)
        {
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        }

        foreach (var (name, value) in headers)
        {
            request.Headers.TryAddWithoutValidation(name, value);
        }

        return Http.SendAsync(request, AuthWorld.Ct);
    }

    public async Task<string> WhoAsync(string? token, params (string Name, string Value)[] headers) =>
        await (await GetAsync("/ws/who", token, headers)).Content.ReadAsStringAsync(AuthWorld.Ct);

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        await _app.DisposeAsync();
        _world.Dispose();
    }
}

/// <summary>Everything that anybody logs, at any level, with the exceptions.</summary>
internal sealed class CapturedLog : ILoggerProvider, ILogger
{
    private readonly System.Collections.Concurrent.ConcurrentQueue<string> _lines = new();

    public IReadOnlyCollection<string> Lines => _lines;

    public ILogger CreateLogger(string categoryName) => this;

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => true;

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        var values = state is IEnumerable<KeyValuePair<string, object?>> pairs ? string.Join(' ', pairs.Select(p => p.Value)) : "";
        _lines.Enqueue($"{formatter(state, exception)} {values} {exception}");
    }

    public void Dispose()
    {
    }
}
