using System.Text.Json;
using Fiko.Application.Shared;
using Fiko.FunctionalTests.Hosting;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Fiko.FunctionalTests.Telegram;

/// <summary>A server without a public https address, on a platform that calls no other.</summary>
public sealed class PollingServer : ServerWithAPlatform
{
    public PollingServer()
    {
        TakesHttpWebhooks = false;
        Settings["Telegram:PollTimeout"] = "00:00:02";
        Settings["Telegram:PollRefresh"] = "00:00:00.200";
    }
}

public sealed class PollingABotOverHttp(PollingServer server) : IClassFixture<PollingServer>
{
    [Fact]
    public async Task Its_customers_are_heard_and_answered_without_a_webhook()
    {
        var telegram = await TelegramWorkspace.CreateAsync(server, server.Platform);
        var customer = CustomersSide.NewCustomer();
        await using var chat = await telegram.OpenChatAsync(await telegram.BeginAsync(customer));

        await chat.SendAsync(new { type = "chat_message", content = "answered" });

        await chat.NextAsync("chat_message");
        Assert.Equal(["answered"], await telegram.Customers.AnswersAsync(customer));
        Assert.Equal(JsonValueKind.Null, (await telegram.ShowAsync()).GetProperty("webhook_url").ValueKind);
        var info = await server.Platform.Http.CallAsync(HttpMethod.Get, $"/bot{telegram.Token}/getWebhookInfo");
        Assert.Equal("", info.Json.GetProperty("result").GetProperty("url").GetString());
    }

    [Fact]
    public async Task When_the_platform_may_call_the_server_the_next_start_registers_a_webhook()
    {
        await using var own = new PollingServer();
        await own.InitializeAsync();
        var telegram = await TelegramWorkspace.CreateAsync(own, own.Platform);
        var customer = CustomersSide.NewCustomer();
        var conversation = await telegram.BeginAsync(customer);

        own.Settings["Telegram:HttpWebhooks"] = "true";
        await own.RestartAsync();
        var shown = await Eventually.SeesAsync(telegram.ShowAsync, channel => channel.Text("webhook_url") is not null, "the channel to have a webhook");
        await telegram.Customers.WriteAsync(customer, "by the webhook");

        await Eventually.SeesAsync(async () => (await telegram.ReadChatAsync(conversation)).Length, count => count == 2, "the message");
        var info = await own.Platform.Http.CallAsync(HttpMethod.Get, $"/bot{telegram.Token}/getWebhookInfo");
        Assert.Equal(shown.Text("webhook_url"), info.Json.Text("result.url"));
    }

    [Fact]
    public async Task Each_update_is_fetched_once_and_in_order_also_over_a_restart()
    {
        await using var own = new PollingServer();
        await own.InitializeAsync();
        var telegram = await TelegramWorkspace.CreateAsync(own, own.Platform);
        var customer = CustomersSide.NewCustomer();
        var conversation = await telegram.BeginAsync(customer, "0");
        var last = 0L;
        for (var n = 1; n <= 10; n++)
        {
            last = await telegram.Customers.WriteAsync(customer, $"{n}");
        }

        await telegram.SettledUpdatesAsync(11);
        await Eventually.SeesAsync(() => OffsetAsync(own, telegram), offset => offset == last + 1, "the offset");
        await own.RestartAsync();
        var offsetAfter = await OffsetAsync(own, telegram);
        await telegram.Customers.WriteAsync(customer, "11");

        await telegram.SettledUpdatesAsync(12);
        Assert.Equal(last + 1, offsetAfter);
        Assert.Equal(Enumerable.Range(0, 12).Select(n => $"{n}"), (await telegram.ReadChatAsync(conversation)).Select(m => m.GetProperty("content").GetString()));
        Assert.Equal(12, (await telegram.UpdatesAsync()).Count);
    }

    [Fact]
    public async Task A_removed_bot_is_polled_no_more()
    {
        var telegram = await TelegramWorkspace.CreateAsync(server, server.Platform);
        await telegram.BeginAsync(CustomersSide.NewCustomer());

        await server.Http.CallAsync(HttpMethod.Delete, $"/api/v1/channels/{telegram.Channel}", token: telegram.Owner.Token);

        await Eventually.SeesAsync(() => StoppedAsync(telegram), stopped => stopped, "the end of the polling");
        await telegram.Customers.WriteAsync(CustomersSide.NewCustomer(), "Anybody there?");
        var pending = await server.Platform.Http.CallAsync(HttpMethod.Get, $"/bot{telegram.Token}/getWebhookInfo");
        Assert.Equal(1, pending.Json.GetProperty("result").GetProperty("pending_update_count").GetInt32());
    }

    private Task<bool> StoppedAsync(TelegramWorkspace telegram) =>
        Task.FromResult(server.Log.Lines.Any(l => l.Contains($"No longer fetching updates of channel {telegram.Channel} ", StringComparison.Ordinal)));

    private static async Task<long> OffsetAsync(FikoServer server, TelegramWorkspace telegram)
    {
        await using var scope = server.Provider.CreateAsyncScope();
        return await scope.ServiceProvider.GetRequiredService<IFikoDb>().Channels.Where(c => c.Id == telegram.Channel).Select(c => c.PollOffset).SingleAsync();
    }
}
