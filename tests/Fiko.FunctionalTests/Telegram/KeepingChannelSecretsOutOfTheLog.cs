using System.Text.Json;
using Fiko.FunctionalTests.Hosting;

namespace Fiko.FunctionalTests.Telegram;

public sealed class KeepingChannelSecretsOutOfTheLog
{
    private const string Said = "zebra crossing";

    [Fact]
    public async Task No_line_of_any_level_holds_a_token_a_key_a_secret_or_what_was_said()
    {
        await using var server = new FikoServer { Settings = { ["Delivery:SendTimeout"] = "00:00:01", ["Delivery:Backoff"] = "00:00:00.020", ["Delivery:MaxAttempts"] = "2" } };
        server.LogEverything();
        await server.InitializeAsync();
        var telegram = await TelegramWorkspace.CreateAsync(server);
        var secret = await telegram.SecretAsync();
        var customer = CustomersSide.NewCustomer();
        var conversation = await telegram.BeginAsync(customer, Said);

        var misspelt = telegram.Token + "!";
        await TelegramWorkspace.ConnectAsync(server, telegram.Owner, misspelt);
        await TelegramWorkspace.ConnectAsync(server, telegram.Owner, telegram.Token);
        await server.Http.CallAsync(HttpMethod.Get, $"/bot{misspelt}/getMe");
        await telegram.PostUpdateAsync($"{{\"text\": \"{Said}\"", secret);
        await telegram.PostUpdateAsync($"{{\"update_id\": 1, \"{Said}\": {{}}}}", secret);
        await telegram.PostUpdateAsync(Said, secret + "1");
        await telegram.Customers.SendAsync(customer, "photo", Said);
        await telegram.Customers.EditAsync(customer, (await telegram.Customers.SeesAsync(customer))[0].Id, Said + "!");
        var key = await UseApiChannelAsync(server, telegram);
        await AnswerInAllWaysAsync(telegram, conversation);
        await server.Http.CallAsync(HttpMethod.Post, "/api/v1/auth/login", new { email = telegram.Owner.Email, password = Said });
        await server.RestartAsync();
        await telegram.PostUpdateAsync(TelegramWorkspace.TextUpdate(customer, Said, message: 99));
        await server.Http.CallAsync(HttpMethod.Delete, $"/api/v1/channels/{telegram.Channel}", token: telegram.Owner.Token);

        server.Log.AssertNever(
            telegram.Token, telegram.Token.Split(':')[1], secret, key, Said, Uri.EscapeDataString(Said), TestWorkspace.Password, telegram.Owner.Token);
        Assert.Empty(server.Log.Errors);
    }

    private static async Task AnswerInAllWaysAsync(TelegramWorkspace telegram, string conversation)
    {
        await using var chat = await telegram.OpenChatAsync(conversation);
        foreach (var fault in (string[])["rate_limit", "server_error", "timeout", "blocked", "invalid_token", "cut_before", "cut_after", "bad_gateway"])
        {
            await telegram.Customers.FailNextAsync(fault, count: fault == "server_error" ? 2 : 1);
            await chat.SendAsync(new { type = "chat_message", content = $"{Said} {fault}", client_id = fault });
            var message = (await chat.NextAsync(
                f => FikoSocket.TypeOf(f) == "chat_message" && f.GetProperty("message").GetProperty("type").GetString() == "support", fault)).GetProperty("message");
            await telegram.Customers.MeetFaultsAsync();
            if (message.GetProperty("status").GetString() == "pending")
            {
                await chat.NextAsync("message_status");
            }
        }

        await chat.SendAsync(new { type = "typing", is_typing = true });
        await chat.SendAsync(new { type = "chat_message", content = new string('x', 5000) + Said });
        await chat.SendAsync(new { type = Said });
        await chat.SendTextAsync($"{{\"type\": \"{Said}");
        await chat.SendAsync(new { type = "chat_message", content = Said, reply_to = Said });
        await chat.DrainAsync();
    }

    private static async Task<string> UseApiChannelAsync(FikoServer server, TelegramWorkspace telegram)
    {
        var created = (await server.Http.CallAsync(HttpMethod.Post, "/api/v1/channels", new { source = "api", name = "Shop" }, telegram.Owner.Token)).Json;
        var (id, key) = (created.GetProperty("id").GetInt64(), created.GetProperty("key").GetString()!);
        foreach (var presented in (string[])[key, key + "1"])
        {
            await server.Http.CallAsync(
                HttpMethod.Post,
                $"/api/v1/channels/{id}/messages",
                new { external_id = "m-1", customer = new { external_id = "c-1", first_name = Said }, text = Said },
                header: ("X-Fiko-Channel-Key", presented));
        }

        using var broken = new StringContent(JsonSerializer.Serialize(Said)[1..], System.Text.Encoding.UTF8, "application/json");
        await server.Http.CallAsync(HttpMethod.Post, $"/api/v1/channels/{id}/messages", broken, header: ("X-Fiko-Channel-Key", key));
        return key;
    }
}
