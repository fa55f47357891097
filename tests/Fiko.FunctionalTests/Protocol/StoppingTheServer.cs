using Fiko.FunctionalTests.Crash;
using Fiko.FunctionalTests.Hosting;

namespace Fiko.FunctionalTests.Protocol;

/// <summary>protocol.md, Shutdown, on the server as it is built: a rolling restart loses nothing.</summary>
public sealed class StoppingTheServer(FikoServer platform) : IClassFixture<FikoServer>
{
    private const int Sockets = 10;

    [Fact]
    public async Task By_SIGTERM_loses_neither_what_a_customer_nor_what_an_agent_says_meanwhile()
    {
        await using var server = new ServerProcess(platform, "--Drain:Period=00:00:03");
        await server.StartAsync();
        var token = await server.LogInAsync();
        var bot = TelegramWorkspace.NewToken();
        await server.Http.CallAsync(HttpMethod.Post, "/api/v1/channels", new { source = "telegram", bot_token = bot }, token);
        var (side, customer) = (new CustomersSide(platform.Http, bot.Split(':')[0]), CustomersSide.NewCustomer());
        await using var list = await OpenAsync(server, "conversations/", token);
        await list.DrainAsync();
        await side.WriteAsync(customer, "Hello");
        var conversation = (await list.NextAsync("new_customer_message")).Text("conversation_id")!;
        var chats = new List<FikoSocket>();
        for (var n = 0; n < Sockets; n++)
        {
            chats.Add(await OpenAsync(server, $"chat/{conversation}/", token));
            await chats[n].NextAsync("recent_messages");
        }

        server.Terminate();
        await Task.WhenAny(chats.Select(c => c.ClosedAsync()));
        var last = chats.First(c => c.IsOpen);
        await side.WriteAsync(customer, "Are you there?");
        await last.SendAsync(new { type = "chat_message", content = "I am", client_id = "once" });
        var status = await server.ExitedAsync();

        Assert.Equal(0, status);
        Assert.All(chats, c => Assert.True(c.Heard[^1].IsA("reconnect"), c.Heard[^1].GetRawText()));
        await server.StartAsync();
        foreach (var chat in chats)
        {
            Assert.Equal(1001, await chat.ClosedAsync());
            var cursor = chat.Heard.Last(f => f.TryGetProperty("cursor", out _)).Text("cursor");
            await using var again = await OpenAsync(server, $"chat/{conversation}/", token, $"&cursor={cursor}");
            var resumed = await again.NextAsync("resumed");
            await again.SendAsync(new { type = "chat_message", content = "I am", client_id = "once" });
            await again.NextAsync(f => f.IsA("chat_message") && f.TryGetProperty("duplicate", out _), "its own message as one that is known");
            await Eventually.SeesAsync(() => Task.FromResult(SaidTo(chat, again)), said => said.Length == 2, "both messages");

            Assert.True(resumed.At("recovered").GetBoolean());
            Assert.Equal(["Are you there?", "I am"], SaidTo(chat, again).Order(StringComparer.Ordinal));
            await chat.DisposeAsync();
        }

        Assert.Equal(["I am"], await side.AnswersAsync(customer));
    }

    private static string[] SaidTo(FikoSocket before, FikoSocket after) =>
        [.. before.Heard.Concat(after.Heard).Where(f => f.IsA("chat_message") && !f.TryGetProperty("duplicate", out _)).Select(f => f.Text("message.content")!)];

    private static Task<FikoSocket> OpenAsync(ServerProcess server, string path, string token, string query = "") =>
        FikoSocket.OpenAsync(server.Socket($"/ws/{path}?token={token}{query}"));
}
