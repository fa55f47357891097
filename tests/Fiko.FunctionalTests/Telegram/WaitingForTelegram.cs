using System.Text.Json;
using Fiko.FunctionalTests.Hosting;

namespace Fiko.FunctionalTests.Telegram;

/// <summary>A server that shows what it sends soon, and waits for the platform long.</summary>
public sealed class HastyServer : FikoServer
{
    public HastyServer()
    {
        Settings["Delivery:InlineWait"] = "00:00:00.200";
        Settings["Delivery:SendTimeout"] = "00:00:10";
        Settings["Delivery:Backoff"] = "00:00:03";
    }
}

public sealed class WaitingForTelegram(HastyServer server) : IClassFixture<HastyServer>
{
    private const string Pending = """{"success":false,"platform":"telegram","pending":true}""";

    [Fact]
    public async Task What_takes_too_long_is_shown_as_pending_and_its_outcome_follows()
    {
        var telegram = await TelegramWorkspace.CreateAsync(server);
        var customer = CustomersSide.NewCustomer();
        var conversation = await telegram.BeginAsync(customer);
        await using var chat = await telegram.OpenChatAsync(conversation);
        await telegram.Customers.FailNextAsync("server_error");

        await chat.SendAsync(new { type = "chat_message", content = "slow" });

        var shown = await chat.NextAsync("chat_message");
        Assert.Equal(Pending, shown.GetProperty("external_send_result").GetRawText());
        Assert.Equal("pending", shown.GetProperty("message").GetProperty("status").GetString());
        var settled = await chat.NextAsync("message_status");
        Assert.Equal(shown.GetProperty("message").GetProperty("id").GetString(), settled.GetProperty("message_id").GetString());
        Assert.Equal((conversation, "sent"), (settled.GetProperty("conversation_id").GetString(), settled.GetProperty("status").GetString()));
        Assert.Equal("""{"success":true,"platform":"telegram"}""", settled.GetProperty("external_send_result").GetRawText());
        Assert.Single(chat.Heard, f => FikoSocket.TypeOf(f) == "chat_message");
        Assert.Equal(["slow"], await telegram.Customers.AnswersAsync(customer));
    }

    [Fact]
    public async Task Several_that_wait_keep_the_order_in_which_they_were_accepted()
    {
        var telegram = await TelegramWorkspace.CreateAsync(server);
        var customer = CustomersSide.NewCustomer();
        var conversation = await telegram.BeginAsync(customer);
        await using var chat = await telegram.OpenChatAsync(conversation);
        await telegram.Customers.FailNextAsync("server_error");

        foreach (var text in (string[])["one", "two", "three"])
        {
            await chat.SendAsync(new { type = "chat_message", content = text });
        }

        var shown = new List<JsonElement>();
        while (shown.Count < 3)
        {
            shown.Add((await chat.NextAsync("chat_message")).GetProperty("message"));
        }

        await telegram.Customers.WriteAsync(customer, "Are you there?");
        await Eventually.SeesAsync(() => telegram.Customers.AnswersAsync(customer), a => a.Length == 3, "three answers");
        Assert.Equal(["one", "two", "three"], shown.Select(m => m.GetProperty("content").GetString()));
        Assert.Equal([2, 3, 4], shown.Select(m => m.GetProperty("seq").GetInt32()));
        Assert.Equal(["one", "two", "three"], await telegram.Customers.AnswersAsync(customer));
        for (var n = 0; n < 3; n++)
        {
            var settled = await chat.NextAsync("message_status");
            Assert.Equal((shown[n].GetProperty("id").GetString(), "sent"), (settled.GetProperty("message_id").GetString(), settled.GetProperty("status").GetString()));
        }

        Assert.Equal([1, 2, 3, 4, 5], (await telegram.ReadChatAsync(conversation)).Select(m => m.GetProperty("seq").GetInt32()));
    }

    [Fact]
    public async Task A_conversation_that_the_platform_keeps_waiting_delays_no_other()
    {
        var telegram = await TelegramWorkspace.CreateAsync(server);
        var (slow, quick) = (CustomersSide.NewCustomer(), CustomersSide.NewCustomer());
        await using var waiting = await telegram.OpenChatAsync(await telegram.BeginAsync(slow));
        await using var other = await telegram.OpenChatAsync(await telegram.BeginAsync(quick));
        await telegram.Customers.FailNextAsync("timeout");
        await waiting.SendAsync(new { type = "chat_message", content = "slow" });
        await telegram.Customers.MeetFaultsAsync();
        await waiting.SendAsync(new { type = "chat_message", content = "behind it" });

        await other.SendAsync(new { type = "chat_message", content = "quick" });

        await Eventually.SeesAsync(() => telegram.Customers.AnswersAsync(quick), a => a.Contains("quick"), "the quick answer");
        Assert.Equal(["slow"], await telegram.Customers.AnswersAsync(slow));
        Assert.DoesNotContain(waiting.Heard, f => FikoSocket.TypeOf(f) == "message_status");
    }

    [Fact]
    public async Task A_customer_who_writes_meanwhile_is_not_kept_waiting()
    {
        var telegram = await TelegramWorkspace.CreateAsync(server);
        var customer = CustomersSide.NewCustomer();
        await using var chat = await telegram.OpenChatAsync(await telegram.BeginAsync(customer));
        await telegram.Customers.FailNextAsync("timeout");
        await chat.SendAsync(new { type = "chat_message", content = "slow" });
        await telegram.Customers.MeetFaultsAsync();

        await telegram.Customers.WriteAsync(customer, "Hello?");

        await chat.NextAsync(f => FikoSocket.TypeOf(f) == "chat_message" && f.GetProperty("message").GetProperty("type").GetString() == "customer", "the customer");
        Assert.DoesNotContain(chat.Heard, f => FikoSocket.TypeOf(f) == "message_status");
    }
}
