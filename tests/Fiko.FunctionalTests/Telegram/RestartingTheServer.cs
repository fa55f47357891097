using Fiko.FunctionalTests.Hosting;

namespace Fiko.FunctionalTests.Telegram;

public sealed class RestartingTheServer
{
    [Fact]
    public async Task What_was_accepted_and_shown_to_nobody_yet_is_sent_and_shown_afterwards()
    {
        await using var server = await StartAsync(inlineWait: "00:01:00");
        var telegram = await TelegramWorkspace.CreateAsync(server, server.Platform);
        var customer = CustomersSide.NewCustomer();
        var conversation = await telegram.BeginAsync(customer);
        await using var chat = await telegram.OpenChatAsync(conversation);
        await telegram.Customers.FailNextAsync("server_error", count: 100_000);
        await chat.SendAsync(new { type = "chat_message", content = "accepted", client_id = "c-1" });
        await chat.DrainAsync();

        await server.RestartAsync();
        Assert.Equal(["Hello"], await TextsAsync(telegram, conversation));
        await telegram.Customers.FailNextAsync("server_error", count: 0);

        await Eventually.SeesAsync(() => telegram.Customers.AnswersAsync(customer), a => a.Length == 1, "the answer");
        await Eventually.SeesAsync(() => TextsAsync(telegram, conversation), t => t.Length == 2, "the message");
        var shown = (await telegram.ReadChatAsync(conversation))[1];
        Assert.Equal(("accepted", "c-1", "sent", 2), (
            shown.GetProperty("content").GetString(),
            shown.GetProperty("client_id").GetString(),
            shown.GetProperty("status").GetString(),
            shown.GetProperty("seq").GetInt32()));
        Assert.Equal(["accepted"], await telegram.Customers.AnswersAsync(customer));
    }

    [Fact]
    public async Task What_was_shown_as_pending_is_sent_once_and_its_outcome_told()
    {
        await using var server = await StartAsync(inlineWait: "00:00:00.200");
        var telegram = await TelegramWorkspace.CreateAsync(server, server.Platform);
        var customer = CustomersSide.NewCustomer();
        var conversation = await telegram.BeginAsync(customer);
        await using var before = await telegram.OpenChatAsync(conversation);
        await telegram.Customers.FailNextAsync("server_error", count: 100_000);
        await before.SendAsync(new { type = "chat_message", content = "pending" });
        var shown = await before.NextAsync("chat_message");

        await server.RestartAsync();
        await using var after = await telegram.OpenChatAsync(conversation);
        await telegram.Customers.FailNextAsync("server_error", count: 0);

        var settled = await after.NextAsync("message_status");
        Assert.Equal("pending", shown.GetProperty("message").GetProperty("status").GetString());
        Assert.Equal(shown.GetProperty("message").GetProperty("id").GetString(), settled.GetProperty("message_id").GetString());
        Assert.Equal("sent", settled.GetProperty("status").GetString());
        Assert.Equal(["pending"], await telegram.Customers.AnswersAsync(customer));
    }

    [Fact]
    public async Task An_update_that_comes_again_afterwards_is_still_the_same()
    {
        await using var server = await StartAsync();
        var telegram = await TelegramWorkspace.CreateAsync(server, server.Platform);
        var customer = CustomersSide.NewCustomer();
        var conversation = await telegram.BeginAsync(customer);
        var update = TelegramWorkspace.TextUpdate(customer, "once", message: 5);
        await telegram.PostUpdateAsync(update);
        await telegram.SettledUpdatesAsync(2);

        await server.RestartAsync();
        var again = await telegram.PostUpdateAsync(update);
        await telegram.PostUpdateAsync(TelegramWorkspace.TextUpdate(customer, "the end", message: 6));

        Assert.Equal(System.Net.HttpStatusCode.OK, again.Status);
        await telegram.SettledUpdatesAsync(3);
        Assert.Equal(["Hello", "once", "the end"], await TextsAsync(telegram, conversation));
    }

    [Fact]
    public async Task What_customers_wrote_meanwhile_arrives_in_order()
    {
        await using var server = await StartAsync();
        var telegram = await TelegramWorkspace.CreateAsync(server, server.Platform);
        var customer = CustomersSide.NewCustomer();
        var conversation = await telegram.BeginAsync(customer, "0");

        var writing = CountAsync(telegram, customer, upTo: 60);
        await server.RestartAsync();
        await writing;

        await telegram.SettledUpdatesAsync(61);
        await using var chat = await telegram.OpenChatAsync(conversation);
        await chat.SendAsync(new { type = "get_messages", after = 0, limit = 200 });
        var all = (await chat.NextAsync("message_history")).GetProperty("messages").EnumerateArray().ToList();
        Assert.Equal(Enumerable.Range(0, 61).Select(n => $"{n}"), all.Select(m => m.GetProperty("content").GetString()));
    }

    private static async Task CountAsync(TelegramWorkspace telegram, long customer, int upTo)
    {
        for (var n = 1; n <= upTo; n++)
        {
            await telegram.Customers.WriteAsync(customer, $"{n}");
        }
    }

    private static async Task<ServerWithAPlatform> StartAsync(string inlineWait = "00:00:02")
    {
        var server = new ServerWithAPlatform
        {
            Settings =
            {
                ["Delivery:InlineWait"] = inlineWait,
                ["Delivery:Backoff"] = "00:00:00.100",
                ["Delivery:MaxBackoff"] = "00:00:00.500",
                ["Delivery:MaxAttempts"] = "100",
            },
        };
        await server.InitializeAsync();
        return server;
    }

    private static async Task<string[]> TextsAsync(TelegramWorkspace telegram, string conversation) =>
        [.. (await telegram.ReadChatAsync(conversation)).Select(m => m.GetProperty("content").GetString()!)];
}
