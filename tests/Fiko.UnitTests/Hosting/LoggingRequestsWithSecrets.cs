using System.Collections.Concurrent;
using Fiko.UnitTests.Sandbox;
using Fiko.UnitTests.Sandbox.Instagram;
using Microsoft.Extensions.Logging;
using Telegram.Bot;

namespace Fiko.UnitTests.Hosting;

public class LoggingRequestsWithSecrets
{
    [Fact]
    public async Task No_log_line_of_a_real_server_holds_a_token()
    {
        using var logs = new CapturedLogs();
        await using var host = await SandboxHost.StartAsync(logs: logs);

        await host.Bot().SetWebhook($"{host.HookUrl}?token=hook-secret", secretToken: "header-secret", cancellationToken: SandboxHost.Limit);
        await host.PostAsync("customers/42/messages", new { text = "words-of-the-customer" });
        await host.Hook.NextAsync();
        await host.Bot().SendMessage(42, "words-of-the-agent", cancellationToken: SandboxHost.Limit);
        await host.Http.GetAsync($"/file/bot{SandboxHost.Token}/photos/1.jpg", SandboxHost.Limit);
        await host.Http.GetAsync("/nowhere?%74oken=socket-secret&ticket=ticket-secret&access_token=access-secret", SandboxHost.Limit);

        var lines = logs.Lines.ToArray();
        Assert.Contains(lines, l => l.Contains("/sandbox/telegram/api/sendMessage", StringComparison.Ordinal));
        Assert.Contains(lines, l => l.Contains("token=REDACTED", StringComparison.Ordinal));
        foreach (var secret in new[] { "sandbox-token", "hook-secret", "header-secret", "socket-secret", "ticket-secret", "access-secret", "words-of" })
        {
            Assert.DoesNotContain(lines, l => l.Contains(secret, StringComparison.Ordinal));
        }
    }

    [Fact]
    public async Task No_log_line_of_the_instagram_sandbox_holds_a_token_or_words()
    {
        using var logs = new CapturedLogs();
        await using var host = await InstagramHost.StartAsync(logs: logs);

        await host.DeedAsync($"customers/{InstagramHost.Customer}/photo", new { text = "words-of-the-customer" });
        var url = (string)(await host.Hook.NextAsync()).Item["message"]!["attachments"]![0]!["payload"]!["url"]!;
        await host.SendAsync("words-of-the-agent");
        await host.SendAsync(new { recipient = new { id = InstagramHost.Customer }, message = new { attachment = new { type = "image", payload = new { url = $"{host.Http.BaseAddress}files/9?type=image/png&token=link-secret" } } } });
        await host.Http.GetAsync($"/sandbox/instagram/refresh_access_token?grant_type=ig_refresh_token&access_token={InstagramHost.Token}", SandboxHost.Limit);
        await host.Http.GetAsync(url, SandboxHost.Limit);

        var lines = logs.Lines.ToArray();
        Assert.Contains(lines, l => l.Contains("access_token=REDACTED", StringComparison.Ordinal));
        foreach (var secret in new[] { "token-of-the-tests", "link-secret", "words-of", host.Secret })
        {
            Assert.DoesNotContain(lines, l => l.Contains(secret, StringComparison.Ordinal));
        }
    }

    [Fact]
    public async Task The_token_of_a_request_is_gone_with_it()
    {
        await using var host = await SandboxHost.StartAsync();

        var first = await host.Http.GetStringAsync("/tokens?token=abc&ticket=def", SandboxHost.Limit);
        var second = await host.Http.GetStringAsync("/tokens", SandboxHost.Limit);

        Assert.Equal("""["?token=REDACTED&ticket=REDACTED","abc","def"]""", first);
        Assert.Equal("""["",null,null]""", second);
    }

    /// <summary>Everything at every level, scopes and named values included.</summary>
    private sealed class CapturedLogs : ILoggerProvider, ISupportExternalScope
    {
        private IExternalScopeProvider? _scopes;

        public ConcurrentQueue<string> Lines { get; } = new();

        public ILogger CreateLogger(string categoryName) => new Capture(this);

        public void SetScopeProvider(IExternalScopeProvider scopeProvider) => _scopes = scopeProvider;

        public void Dispose()
        {
        }

        private sealed class Capture(CapturedLogs logs) : ILogger
        {
            public IDisposable? BeginScope<TState>(TState state)
                where TState : notnull => null;

            public bool IsEnabled(LogLevel logLevel) => true;

            public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
            {
                var values = state is IEnumerable<KeyValuePair<string, object?>> named ? string.Join(' ', named.Select(v => $"{v.Key}={v.Value}")) : "";
                var scopes = new List<string>();
                logs._scopes?.ForEachScope((scope, list) => list.Add(scope is IEnumerable<KeyValuePair<string, object?>> pairs ? string.Join(' ', pairs) : $"{scope}"), scopes);
                logs.Lines.Enqueue($"{formatter(state, exception)} {values} {string.Join(' ', scopes)} {exception}");
            }
        }
    }
}
