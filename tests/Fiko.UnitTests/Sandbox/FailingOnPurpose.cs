using System.Net;
using System.Net.Http.Json;
using Telegram.Bot;
using Telegram.Bot.Exceptions;
using Telegram.Bot.Types;
using Telegram.Bot.Types.Enums;

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
    public async Task Files_fail_like_texts_and_typing_does_not()
    {
        await using var host = await SandboxHost.WithACustomerAsync();
        await host.FailAsync("server_error");

        await host.Bot().SendChatAction(42, ChatAction.Typing, cancellationToken: SandboxHost.Limit);
        await Assert.ThrowsAsync<ApiRequestException>(() => host.Bot().SendPhoto(42, Photo(), cancellationToken: SandboxHost.Limit));

        Assert.Equal(1, await MessagesAsync(host));
    }

    [Fact]
    public async Task A_file_whose_answer_was_lost_is_seen_by_the_customer()
    {
        await using var host = await SandboxHost.WithACustomerAsync();
        await host.FailAsync("cut_after");

        await Assert.ThrowsAsync<RequestException>(() => host.Bot().SendPhoto(42, Photo(), cancellationToken: SandboxHost.Limit));

        Assert.Equal(2, await MessagesAsync(host));
    }

    [Fact]
    public async Task Named_methods_alone_fail()
    {
        await using var host = await SandboxHost.WithACustomerAsync();
        await PutAsync(host, new { kind = "server_error", methods = new[] { "getchat" } });

        await host.Bot().SendMessage(42, "x", cancellationToken: SandboxHost.Limit);

        await Assert.ThrowsAsync<ApiRequestException>(() => host.Bot().GetChat(42, SandboxHost.Limit));
    }

    [Fact]
    public async Task A_share_of_the_calls_fails_in_the_ways_that_are_drawn()
    {
        await using var host = await SandboxHost.WithACustomerAsync();
        await PutAsync(host, new { kinds = new[] { "server_error", "rate_limit" }, share = 0.3, count = 1000, seed = 3 });
        List<int> failures = [];

        for (var i = 0; i < 50; i++)
        {
            if (await Record.ExceptionAsync(() => host.Bot().SendMessage(42, "x", cancellationToken: SandboxHost.Limit)) is ApiRequestException refused)
            {
                failures.Add(refused.ErrorCode);
            }
        }

        Assert.InRange(failures.Count, 5, 25);
        Assert.Equal([429, 500], failures.Distinct().Order());
        Assert.Equal((51 - failures.Count, 1000 - failures.Count), (await MessagesAsync(host), (int)(await host.LookAsync("faults"))["count"]!));
    }

    [Theory]
    [InlineData("""{"kind":"server_error","share":1.5}""")]
    [InlineData("""{"kind":"slow_download","delay_ms":-1}""")]
    [InlineData("""{"kinds":["bad_luck"]}""")]
    [InlineData("""{}""")]
    public async Task A_fault_that_cannot_be_is_a_problem(string fault)
    {
        await using var host = await SandboxHost.StartAsync();

        var answer = await host.Http.PutAsync("/sandbox/telegram/faults", new StringContent(fault), SandboxHost.Limit);

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
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

    private static InputFileStream Photo() => InputFile.FromStream(new MemoryStream([1, 2, 3]), "a.jpg");

    private static async Task PutAsync(SandboxHost host, object fault) =>
        (await host.Http.PutAsJsonAsync("/sandbox/telegram/faults", fault, SandboxHost.Limit)).EnsureSuccessStatusCode();

    private static async Task<int> MessagesAsync(SandboxHost host) => (await host.LookAsync("customers/42/messages"))["items"]!.AsArray().Count;
}
