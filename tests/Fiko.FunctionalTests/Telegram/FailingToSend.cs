using System.Text.Json;
using Fiko.FunctionalTests.Hosting;

namespace Fiko.FunctionalTests.Telegram;

/// <summary>A server whose patience with the platform is short, and with itself long.</summary>
public sealed class BusyServer : FikoServer
{
    public const int MaxAttempts = 4;

    public BusyServer()
    {
        Settings["Delivery:InlineWait"] = "00:01:00";
        Settings["Delivery:SendTimeout"] = "00:00:02";
        Settings["Delivery:Backoff"] = "00:00:00.020";
        Settings["Delivery:MaxAttempts"] = $"{MaxAttempts}";
    }
}

public sealed class FailingToSend(BusyServer server) : IClassFixture<BusyServer>
{
    [Theory]
    [InlineData("server_error")]
    [InlineData("rate_limit")]
    public async Task What_was_certainly_not_taken_is_tried_again_and_sent_once(string fault)
    {
        var (telegram, customer, chat) = await BeginAsync();
        await using var open = chat;
        await telegram.Customers.FailNextAsync(fault, BusyServer.MaxAttempts - 2);

        await chat.SendAsync(new { type = "chat_message", content = "first" });
        await chat.SendAsync(new { type = "chat_message", content = "second" });

        Assert.Equal(("first", "sent"), TextAndStatus(await chat.NextAsync("chat_message")));
        Assert.Equal(("second", "sent"), TextAndStatus(await chat.NextAsync("chat_message")));
        Assert.Equal(["first", "second"], await telegram.Customers.AnswersAsync(customer));
    }

    [Fact]
    public async Task The_platforms_retry_after_is_honoured()
    {
        var (telegram, customer, chat) = await BeginAsync();
        await using var open = chat;
        await telegram.Customers.FailNextAsync("rate_limit", retryAfter: 2);

        await chat.SendAsync(new { type = "chat_message", content = "in a while" });

        var shown = (await chat.NextAsync("chat_message")).GetProperty("message");
        var arrived = (await telegram.Customers.SeesAsync(customer))[^1].Date;
        Assert.InRange(arrived - shown.GetProperty("created_at").GetDateTimeOffset(), TimeSpan.FromSeconds(2), TimeSpan.FromSeconds(20));
    }

    [Fact]
    public async Task After_the_last_attempt_it_has_failed()
    {
        var (telegram, customer, chat) = await BeginAsync();
        await using var open = chat;
        await telegram.Customers.FailNextAsync("server_error", count: 100);

        await chat.SendAsync(new { type = "chat_message", content = "given up" });

        var shown = await chat.NextAsync("chat_message");
        Assert.Equal(100 - BusyServer.MaxAttempts, await telegram.Customers.FaultsLeftAsync());
        Assert.Equal(("given up", "failed"), TextAndStatus(shown));
        Assert.Equal(
            """{"success":false,"platform":"telegram","error":"Given up after 4 attempts: Internal Server Error"}""",
            shown.GetProperty("external_send_result").GetRawText());
        await telegram.Customers.FailNextAsync("server_error", count: 0);
        Assert.Equal((false, "sent"), await RetryAsync(chat, shown));
        Assert.Equal(["given up"], await telegram.Customers.AnswersAsync(customer));
    }

    [Theory]
    [InlineData("blocked", "Forbidden: bot was blocked by the user")]
    [InlineData("invalid_token", "Unauthorized")]
    public async Task A_refusal_for_good_has_failed_at_once_with_the_platforms_reason(string fault, string reason)
    {
        var (telegram, customer, chat) = await BeginAsync();
        await using var open = chat;
        await telegram.Customers.FailNextAsync(fault);

        await chat.SendAsync(new { type = "chat_message", content = "refused" });
        await chat.SendAsync(new { type = "chat_message", content = "the next" });

        var shown = await chat.NextAsync("chat_message");
        Assert.Equal(("refused", "failed"), TextAndStatus(shown));
        Assert.Equal(
            $$"""{"success":false,"platform":"telegram","error":"{{reason}}"}""", shown.GetProperty("external_send_result").GetRawText());
        Assert.Equal(("the next", "sent"), TextAndStatus(await chat.NextAsync("chat_message")));
        Assert.Equal(["the next"], await telegram.Customers.AnswersAsync(customer));
    }

    [Fact]
    public async Task A_revoked_token_is_told_to_the_administrators_until_a_check_finds_it_well()
    {
        var (telegram, _, chat) = await BeginAsync();
        await using var open = chat;
        await telegram.Customers.FailNextAsync("invalid_token");

        await chat.SendAsync(new { type = "chat_message", content = "refused" });
        await chat.NextAsync("chat_message");
        var broken = await telegram.ShowAsync();
        var check = await server.Http.CallAsync(HttpMethod.Post, $"/api/v1/channels/{telegram.Channel}/check", token: telegram.Owner.Token);

        Assert.Equal(("error", "Unauthorized"), (broken.GetProperty("status").GetString(), broken.GetProperty("last_error").GetString()));
        Assert.Equal("active", check.Json.GetProperty("status").GetString());
    }

    [Theory]
    [InlineData("timeout", 1)]
    [InlineData("cut_before", 0)]
    [InlineData("cut_after", 1)]
    [InlineData("bad_gateway", 0)]
    public async Task What_nobody_can_know_is_uncertain_and_sent_again_only_by_an_agent(string fault, int arrived)
    {
        var (telegram, customer, chat) = await BeginAsync();
        await using var open = chat;
        await chat.SendAsync(new { type = "chat_message", content = "warms the connection" });
        await chat.NextAsync("chat_message");
        await telegram.Customers.FailNextAsync(fault);

        await chat.SendAsync(new { type = "chat_message", content = "who knows" });
        await chat.SendAsync(new { type = "chat_message", content = "the next" });

        var shown = await chat.NextAsync("chat_message");
        Assert.Equal(("who knows", "uncertain"), TextAndStatus(shown));
        var result = shown.GetProperty("external_send_result");
        Assert.Equal(["success", "platform", "error"], result.EnumerateObject().Select(p => p.Name));
        AssertShowable(result.GetProperty("error").GetString()!, telegram);
        Assert.Equal(("the next", "sent"), TextAndStatus(await chat.NextAsync("chat_message")));
        Assert.Equal(arrived, (await telegram.Customers.AnswersAsync(customer)).Count(t => t == "who knows"));
        Assert.Equal((false, "sent"), await RetryAsync(chat, shown));
        Assert.Equal(arrived + 1, (await telegram.Customers.AnswersAsync(customer)).Count(t => t == "who knows"));
    }

    [Fact]
    public async Task A_long_text_that_stops_halfway_goes_on_from_there()
    {
        var (telegram, customer, chat) = await BeginAsync();
        await using var open = chat;
        var (first, second) = (string.Concat(Enumerable.Repeat("🌹", 1500)), string.Concat(Enumerable.Repeat("🌷", 1500)));
        await telegram.Customers.FailNextAsync("blocked");

        await chat.SendAsync(new { type = "chat_message", content = $"{first} {second}" });
        var shown = await chat.NextAsync("chat_message");
        await chat.SendAsync(new { type = "chat_message", content = "the next" });
        await chat.NextAsync("chat_message");
        var before = await telegram.Customers.AnswersAsync(customer);
        var retried = await RetryAsync(chat, shown);

        Assert.Equal("Part 1 of 2: Forbidden: bot was blocked by the user", shown.GetProperty("external_send_result").GetProperty("error").GetString());
        Assert.Equal(["the next"], before);
        Assert.Equal((false, "sent"), retried);
        Assert.Equal(["the next", first, second], await telegram.Customers.AnswersAsync(customer));
    }

    [Fact]
    public async Task What_is_sent_is_not_tried_again_by_anybody()
    {
        var (telegram, customer, chat) = await BeginAsync();
        await using var open = chat;
        await chat.SendAsync(new { type = "chat_message", content = "sent" });
        var sent = (await chat.NextAsync("chat_message")).GetProperty("message").GetProperty("id").GetString();

        await chat.SendAsync(new { type = "retry_message", message_id = sent });
        var refused = await chat.NextAsync("error");
        await chat.SendAsync(new { type = "retry_message", message_id = "msg_999999999" });
        var unknown = await chat.NextAsync("error");

        Assert.Equal(("invalid_field", "message_id"), (refused.GetProperty("code").GetString(), refused.GetProperty("field").GetString()));
        Assert.Equal("message_not_found", unknown.GetProperty("code").GetString());
        Assert.Equal(["sent"], await telegram.Customers.AnswersAsync(customer));
    }

    private async Task<(TelegramWorkspace Telegram, long Customer, FikoSocket Chat)> BeginAsync()
    {
        var telegram = await TelegramWorkspace.CreateAsync(server);
        await telegram.Customers.FailNextAsync("server_error", count: 0);
        var customer = CustomersSide.NewCustomer();
        return (telegram, customer, await telegram.OpenChatAsync(await telegram.BeginAsync(customer)));
    }

    // Everybody sees it pending, and then what became of it. A frame shows the present state, so where the platform was
    // faster than the log's reader, the first one says already what the second says.
    private static async Task<(bool Gap, string? Status)> RetryAsync(FikoSocket chat, JsonElement shown)
    {
        var id = shown.GetProperty("message").GetProperty("id").GetString();
        await chat.SendAsync(new { type = "retry_message", message_id = id });
        var first = await chat.NextAsync("message_status");
        var settled = await chat.NextAsync("message_status");
        var pending = (id, "pending", """{"success":false,"platform":"telegram","pending":true}""");
        Assert.True(Said(first) == pending || Said(first) == Said(settled), $"{Said(first)}");
        return (settled.GetProperty("message_id").GetString() != id, settled.GetProperty("status").GetString());
    }

    private static (string? Id, string? Status, string Result) Said(JsonElement frame) =>
        (frame.GetProperty("message_id").GetString(), frame.GetProperty("status").GetString(), frame.GetProperty("external_send_result").GetRawText());

    private static (string? Text, string? Status) TextAndStatus(JsonElement frame) =>
        (frame.GetProperty("message").GetProperty("content").GetString(), frame.GetProperty("message").GetProperty("status").GetString());

    private static void AssertShowable(string error, TelegramWorkspace telegram)
    {
        Assert.DoesNotContain(telegram.Token.Split(':')[1], error, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("http", error, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("/bot", error, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("127.0.0.1", error, StringComparison.OrdinalIgnoreCase);
    }
}
