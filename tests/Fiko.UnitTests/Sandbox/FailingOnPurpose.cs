using System.Net;
using System.Net.Http.Json;
using Telegram.Bot;
using Telegram.Bot.Exceptions;

namespace Fiko.UnitTests.Sandbox;

public class FailingOnPurpose
{
    [Theory]
    [InlineData("rate_limit", 429, "Too Many Requests: retry after 7")]
    [InlineData("server_error", 500, "Internal Server Error")]
    [InlineData("blocked", 403, "Forbidden: bot was blocked by the user")]
    [InlineData("invalid_token", 401, "Unauthorized")]
    public async Task The_call_is_refused_and_the_message_not_taken(string kind, int code, string description)
    {
        await using var host = await SandboxHost.WithACustomerAsync();
        await host.FailAsync(kind, retryAfter: 7);

        var refused = await Assert.ThrowsAsync<ApiRequestException>(() => host.Bot().SendMessage(42, "x", cancellationToken: SandboxHost.Limit));

        Assert.Equal((code, description, code == 429 ? 7 : null), (refused.ErrorCode, refused.Message, refused.Parameters?.RetryAfter));
        Assert.Equal(1, await MessagesAsync(host));
    }

    [Fact]
    public async Task A_rate_limit_tells_the_pause_in_a_header_too()
    {
        await using var host = await SandboxHost.WithACustomerAsync();
        await host.FailAsync("rate_limit", retryAfter: 7);

        var answer = await host.Http.GetAsync($"/bot{SandboxHost.Token}/sendMessage?chat_id=42&text=x", SandboxHost.Limit);

        Assert.Equal("7", answer.Headers.RetryAfter?.ToString());
        Assert.Equal(
            """{"ok":false,"error_code":429,"description":"Too Many Requests: retry after 7","parameters":{"retry_after":7}}""",
            await answer.Content.ReadAsStringAsync(SandboxHost.Limit));
    }

    [Theory]
    [InlineData("cut_before", 1)]
    [InlineData("cut_after", 2)]
    public async Task A_cut_connection_tells_nothing_of_what_was_taken(string kind, int messages)
    {
        await using var host = await SandboxHost.WithACustomerAsync();
        await host.FailAsync(kind);

        var failed = await Assert.ThrowsAsync<RequestException>(() => host.Bot().SendMessage(42, "x", cancellationToken: SandboxHost.Limit));

        Assert.IsType<HttpRequestException>(failed.InnerException);
        Assert.Equal(messages, await MessagesAsync(host));
    }

    [Fact]
    public async Task A_timeout_takes_the_message_and_never_answers()
    {
        await using var host = await SandboxHost.WithACustomerAsync();
        await host.FailAsync("timeout");
        using var impatient = new HttpClient { Timeout = TimeSpan.FromSeconds(1) };

        await Assert.ThrowsAsync<RequestException>(() => host.Bot(http: impatient).SendMessage(42, "x", cancellationToken: SandboxHost.Limit));

        Assert.Equal(2, await MessagesAsync(host));
    }

    [Fact]
    public async Task A_bad_gateway_answers_with_a_page()
    {
        await using var host = await SandboxHost.WithACustomerAsync();
        await host.FailAsync("bad_gateway");

        var failed = await Assert.ThrowsAsync<RequestException>(() => host.Bot().SendMessage(42, "x", cancellationToken: SandboxHost.Limit));

        Assert.Equal(HttpStatusCode.BadGateway, failed.HttpStatusCode);
        Assert.Equal(1, await MessagesAsync(host));
    }

    [Fact]
    public async Task So_many_sends_fail_and_nothing_else_does()
    {
        await using var host = await SandboxHost.WithACustomerAsync();
        await host.FailAsync("server_error", count: 2);

        await host.Bot().GetMe(SandboxHost.Limit);
        await Assert.ThrowsAsync<ApiRequestException>(() => host.Bot().SendMessage(42, "x", cancellationToken: SandboxHost.Limit));
        var left = await host.LookAsync("faults");
        await Assert.ThrowsAsync<ApiRequestException>(() => host.Bot().SendMessage(42, "x", cancellationToken: SandboxHost.Limit));
        await host.Bot().SendMessage(42, "x", cancellationToken: SandboxHost.Limit);

        Assert.Equal("""{"kind":"server_error","count":1,"retry_after":1}""", left.ToJsonString());
        Assert.Equal("""{"kind":null,"count":0,"retry_after":0}""", (await host.LookAsync("faults")).ToJsonString());
    }

    [Fact]
    public async Task Faults_can_be_taken_back()
    {
        await using var host = await SandboxHost.WithACustomerAsync();
        await host.FailAsync("server_error", count: 5);

        await host.Http.DeleteAsync("/sandbox/telegram/faults", SandboxHost.Limit);

        Assert.Equal("x", (await host.Bot().SendMessage(42, "x", cancellationToken: SandboxHost.Limit)).Text);
    }

    [Fact]
    public async Task An_unknown_fault_is_a_problem()
    {
        await using var host = await SandboxHost.WithACustomerAsync();

        var answer = await host.Http.PutAsJsonAsync("/sandbox/telegram/faults", new { kind = "bad_luck", count = 1 }, SandboxHost.Limit);

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
    }

    private static async Task<int> MessagesAsync(SandboxHost host) => (await host.LookAsync("customers/42/messages"))["items"]!.AsArray().Count;
}
