using System.Collections.Concurrent;
using System.Text.Json;
using Fiko.Application.Messaging;
using Fiko.Infrastructure.Channels.Instagram;
using Fiko.UnitTests.Channels.Telegram;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using NSubstitute;

namespace Fiko.UnitTests.Channels.Instagram;

/// <summary>What was asked of the Graph API.</summary>
internal sealed record GraphRequest(string Method, string Target, string? Authorization, string Body)
{
    public JsonElement Json => JsonDocument.Parse(Body).RootElement;
}

/// <summary>A Graph API on a real server, which the real client and handler talk to.</summary>
internal sealed class GraphFake : IAsyncDisposable, IInstagramEndpoint
{
    public const string Token = "IGQWRexample-token_0123456789";
    public const string Account = "17841499900000001";

    private readonly WebApplication _server;

    private GraphFake(WebApplication server) => _server = server;

    /// <summary>All that was logged, at every level.</summary>
    public WrittenLog Log { get; } = new();

    public string? GraphBaseUrl { get; set; }

    public IReadOnlyList<string> AppSecrets { get; set; } = ["fiko-example-app-secret"];

    public string? VerifyToken { get; set; } = "fiko-example-verify-token";

    /// <summary>Answers a request; what it leaves open is an answer without a body.</summary>
    public Func<HttpContext, GraphRequest, Task> Answer { get; set; } = Friendly;

    public ConcurrentQueue<GraphRequest> Requests { get; } = [];

    public string Root => _server.Urls.Single();

    public static async Task<GraphFake> StartAsync()
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().UseUrls("http://127.0.0.1:0");
        var server = builder.Build();
        var fake = new GraphFake(server);
        server.Run(fake.ServeAsync);
        await server.StartAsync(TestContext.Current.CancellationToken);
        fake.GraphBaseUrl = fake.Root;
        return fake;
    }

    public static Task Friendly(HttpContext http, GraphRequest request) => request switch
    {
        { Method: "GET", Target: var target } when target.Contains("/me?", StringComparison.Ordinal) =>
            JsonAsync(http, 200, $$"""{"user_id":"{{Account}}","username":"shop.example","name":"Shop","id":"24000000000000007"}"""),
        { Method: "GET", Target: var target } when target.StartsWith("/refresh_access_token", StringComparison.Ordinal) =>
            JsonAsync(http, 200, """{"access_token":"IGQWRrenewed-token_0123456789","token_type":"bearer","expires_in":5183944}"""),
        { Target: var target } when target.Contains("subscribed_apps", StringComparison.Ordinal) => JsonAsync(http, 200, """{"success":true}"""),
        _ => JsonAsync(http, 200, """{"recipient_id":"990000000000001","message_id":"aWdfZXhhbXBsZTo2"}"""),
    };

    public static Task JsonAsync(HttpContext http, int status, string body) => WriteAsync(http, status, "application/json", body);

    public static Task WriteAsync(HttpContext http, int status, string type, string body)
    {
        (http.Response.StatusCode, http.Response.ContentType) = (status, type);
        return http.Response.WriteAsync(body, http.RequestAborted);
    }

    public static string Error(int code, int? subcode = null, string message = "(#1) Something is wrong.") => subcode is null
        ? $$$"""{"error":{"message":"{{{message}}}","type":"OAuthException","code":{{{code}}},"fbtrace_id":"AbCdEf123"}}"""
        : $$$"""{"error":{"message":"{{{message}}}","type":"OAuthException","code":{{{code}}},"error_subcode":{{{subcode}}},"fbtrace_id":"AbCdEf123"}}""";

    public void AnswerWith(int status, string body, string type = "application/json") => Answer = (http, _) => WriteAsync(http, status, type, body);

    public ServiceProvider Build(TimeProvider time, Action<IServiceCollection>? more = null, Dictionary<string, string?>? settings = null)
    {
        var services = new ServiceCollection();
        services.AddLogging(logging => logging.SetMinimumLevel(LogLevel.Trace).AddProvider(Log));
        services.AddSingleton(time);
        services.AddSingleton<IInstagramEndpoint>(this);
        services.AddSingleton(Substitute.For<IHostApplicationLifetime>());
        services.AddOptions<DeliveryOptions>();
        more?.Invoke(services);
        services.AddInstagramChannel(new ConfigurationBuilder().AddInMemoryCollection(settings).Build());
        return services.BuildServiceProvider();
    }

    public async ValueTask DisposeAsync() => await _server.DisposeAsync();

    private async Task ServeAsync(HttpContext http)
    {
        using var reader = new StreamReader(http.Request.Body);
        var body = await reader.ReadToEndAsync(http.RequestAborted);
        var request = new GraphRequest(
            http.Request.Method,
            http.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget,
            http.Request.Headers.Authorization.FirstOrDefault(),
            body);
        Requests.Enqueue(request);
        await Answer(http, request);
    }
}
