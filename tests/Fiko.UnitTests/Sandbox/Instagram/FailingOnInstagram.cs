using System.Net;
using System.Net.Http.Json;

namespace Fiko.UnitTests.Sandbox.Instagram;

public class FailingOnInstagram
{
    [Theory]
    [InlineData("rate_limit", 400, 613, 2534040, "7", 1)]
    [InlineData("server_error", 500, 2, null, null, 1)]
    [InlineData("blocked", 400, 551, 1545041, null, 1)]
    [InlineData("invalid_token", 400, 190, null, null, 1)]
    [InlineData("window_closed", 400, 10, 2534022, null, 1)]
    [InlineData("unknown_error", 500, 1, 1357046, null, 2)]
    public async Task The_call_fails_in_metas_words(string kind, int status, int code, int? subcode, string? retryAfter, int messages)
    {
        await using var host = await InstagramHost.WithACustomerAsync();
        await host.PutAsync("faults", new { kind, count = 1, retry_after = 7 });

        var answer = await host.SendAsync("x");

        Assert.Equal((status, (code, subcode), retryAfter), (answer.Status, answer.Error, answer.RetryAfter));
        Assert.Equal(messages, (await host.ItemsAsync()).Length);
        Assert.Equal(200, (await host.SendAsync("x")).Status);
    }

    [Theory]
    [InlineData("cut_before", 1)]
    [InlineData("cut_after", 2)]
    public async Task A_cut_connection_tells_nothing_of_what_was_taken(string kind, int messages)
    {
        await using var host = await InstagramHost.WithACustomerAsync();
        await host.PutAsync("faults", new { kind });

        await Assert.ThrowsAsync<HttpRequestException>(() => host.SendAsync("x"));

        Assert.Equal(messages, (await host.ItemsAsync()).Length);
    }

    [Fact]
    public async Task A_timeout_takes_the_message_and_never_answers()
    {
        await using var host = await InstagramHost.WithACustomerAsync();
        await host.PutAsync("faults", new { kind = "timeout" });
        using var impatient = new HttpClient { BaseAddress = host.Http.BaseAddress, Timeout = TimeSpan.FromSeconds(1) };

        await Assert.ThrowsAsync<TaskCanceledException>(() => impatient.PostAsJsonAsync(
            $"/sandbox/instagram/v25.0/me/messages?access_token={InstagramHost.Token}", new { recipient = new { id = InstagramHost.Customer }, message = new { text = "x" } }, InstagramHost.Limit));

        Assert.Equal(2, (await host.ItemsAsync()).Length);
        Assert.NotNull((await host.Hook.NextAsync()).Item["message"]!["is_echo"]);
    }

    [Fact]
    public async Task A_bad_gateway_answers_with_a_page()
    {
        await using var host = await InstagramHost.WithACustomerAsync();
        await host.PutAsync("faults", new { kind = "bad_gateway" });

        using var answer = await host.Http.PostAsJsonAsync($"/sandbox/instagram/v25.0/me/messages?access_token={InstagramHost.Token}", new { }, InstagramHost.Limit);

        Assert.Equal((HttpStatusCode.BadGateway, "text/html"), (answer.StatusCode, answer.Content.Headers.ContentType?.MediaType));
    }

    [Fact]
    public async Task So_many_messages_fail_and_nothing_else_does()
    {
        await using var host = await InstagramHost.WithACustomerAsync();
        await host.PutAsync("faults", new { kind = "server_error", count = 2 });

        Assert.Equal(200, (await host.ActAsync("typing_on")).Status);
        Assert.Equal(200, (await host.GraphAsync(HttpMethod.Get, "me")).Status);
        var statuses = new[] { (await host.SendAsync("x")).Status, (int)(await host.LookAsync("faults"))["count"]!, (await host.SendAsync("x")).Status, (await host.SendAsync("x")).Status };

        Assert.Equal([500, 1, 500, 200], statuses);
    }

    [Fact]
    public async Task A_share_of_the_messages_fails_the_same_ones_for_the_same_seed()
    {
        await using var host = await InstagramHost.WithACustomerAsync();
        var rounds = new List<string>();

        for (var round = 0; round < 2; round++)
        {
            await host.PutAsync("faults", new { kinds = new[] { "server_error", "rate_limit" }, count = 1000, share = 0.3, seed = 7 });
            var statuses = new List<int>();
            for (var call = 0; call < 40; call++)
            {
                statuses.Add((await host.SendAsync("x")).Status);
            }

            rounds.Add(string.Join(' ', statuses));
        }

        Assert.Equal(rounds[0], rounds[1]);
        Assert.Equal(["200", "400", "500"], rounds[0].Split(' ').Distinct().Order());
        Assert.InRange(rounds[0].Split(' ').Count(s => s != "200"), 4, 22);
    }

    [Fact]
    public async Task A_file_can_be_gone_once_and_no_message_fails_of_it()
    {
        await using var host = await InstagramHost.WithACustomerAsync();
        await host.DeedAsync($"customers/{InstagramHost.Customer}/photo");
        var url = (string)(await host.ItemsAsync())[1]["files"]![0]!["url"]!;
        await host.PutAsync("faults", new { kind = "not_found" });

        var statuses = new[] { (await host.SendAsync("x")).Status, await StatusAsync(host, url), await StatusAsync(host, url) };

        Assert.Equal([200, 404, 200], statuses);
    }

    [Fact]
    public async Task A_slow_file_stops_in_its_middle()
    {
        var time = new WatchedTime();
        await using var host = await InstagramHost.WithACustomerAsync(time);
        await host.DeedAsync($"customers/{InstagramHost.Customer}/video", new { size = 1000 });
        var url = (string)(await host.ItemsAsync())[1]["files"]![0]!["url"]!;
        await host.PutAsync("faults", new { kind = "slow_download", delay_ms = 5000 });

        var download = host.Http.GetByteArrayAsync(url, InstagramHost.Limit);
        await time.ElapseAsync(TimeSpan.FromSeconds(5));

        Assert.Equal(1000, (await download).Length);
    }

    [Theory]
    [InlineData("""{"kind":"bad_luck"}""")]
    [InlineData("""{"kinds":["timeout","bad_luck"]}""")]
    [InlineData("""{"kind":"timeout","share":0}""")]
    [InlineData("""{"kind":"timeout","count":-1}""")]
    [InlineData("{}")]
    public async Task An_unknown_fault_is_a_problem(string body)
    {
        await using var host = await InstagramHost.StartAsync();

        var answer = await host.Http.PutAsync("/sandbox/instagram/faults", new StringContent(body), InstagramHost.Limit);

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
    }

    [Fact]
    public async Task Faults_can_be_taken_back()
    {
        await using var host = await InstagramHost.WithACustomerAsync();
        await host.PutAsync("faults", new { kind = "server_error", count = 5 });

        await host.Http.DeleteAsync("/sandbox/instagram/faults", InstagramHost.Limit);

        Assert.Equal(200, (await host.SendAsync("x")).Status);
    }

    private static async Task<int> StatusAsync(InstagramHost host, string url)
    {
        using var answer = await host.Http.GetAsync(url, InstagramHost.Limit);
        return (int)answer.StatusCode;
    }
}
