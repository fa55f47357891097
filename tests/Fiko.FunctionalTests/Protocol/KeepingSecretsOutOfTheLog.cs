using System.Net;
using Fiko.FunctionalTests.Hosting;

namespace Fiko.FunctionalTests.Protocol;

public sealed class KeepingSecretsOutOfTheLog(TalkativeServer server) : IClassFixture<TalkativeServer>
{
    [Fact]
    public async Task No_line_holds_a_token_or_a_text_however_they_came()
    {
        var workspace = await TestWorkspace.CreateAsync(server, agents: 1);
        var login = await server.LogInFullyAsync(workspace.Owner.Email);
        var (good, refresh) = (login.Text("access_token")!, login.Text("refresh_token")!);
        var bad = HandmadeToken.Sign(server, new { sub = $"{workspace.Owner.Id}", exp = server.In(TimeSpan.FromHours(1)) }, key: "another key that is long enough for it");
        var conversation = await workspace.BeginAsync("sara", "text-of-the-customer");

        foreach (var token in new[] { good, bad })
        {
            await EveryWayAsync(token, $"/ws/chat/{conversation}/");
            await EveryWayAsync(token, "/ws/conversations");
        }

        await TalkAsync(good, conversation);
        using var logout = await server.PostAsync("/api/v1/auth/refresh", new { refresh_token = refresh });

        Assert.Contains(server.Log.Lines, l => l.Contains("/ws/chat/", StringComparison.Ordinal));
        server.Log.AssertNever(good.Split('.')[2], bad.Split('.')[2], good.Split('.')[1], refresh, TestWorkspace.Password, "text-of-the-customer", "text-of-the-agent", "text-that-is-refused");
    }

    private async Task EveryWayAsync(string token, string path)
    {
        string[] queries = [$"?token={token}", $"?lang=en&token={token}&token={token}", $"?TOKEN={token}", $"?access_token={token}"];
        foreach (var query in queries)
        {
            await using var socket = await FikoSocket.OpenAsync(server.Socket(path + query));
            await SettleAsync(socket);
            using var plain = await server.GetAsync(path + query);
            Assert.Equal(HttpStatusCode.UpgradeRequired, plain.StatusCode);
        }

        await using var header = await FikoSocket.OpenAsync(server.Socket(path), o => o.SetRequestHeader("Authorization", $"Bearer {token}"));
        await SettleAsync(header);
        await using var subprotocol = await FikoSocket.OpenAsync(server.Socket(path), o =>
        {
            o.AddSubProtocol("fiko.v1");
            o.AddSubProtocol($"bearer.{token}");
        });
        await SettleAsync(subprotocol);
        using var me = await server.GetAsync($"/api/v1/auth/me?token={token}", token);
    }

    // Either it is open and answers, or it is being closed; then there is nobody to ask.
    private static async Task SettleAsync(FikoSocket socket)
    {
        await socket.SendAsync(new { type = "ping" });
        await socket.NextAsync(f => f.IsA("pong") || f.IsA("error"), "an answer");
    }

    private async Task TalkAsync(string token, string conversation)
    {
        await using var chat = await FikoSocket.OpenAsync(server.Socket($"/ws/chat/{conversation}/?token={token}"));
        await chat.SendAsync(new { type = "chat_message", content = "text-of-the-agent" });
        await chat.NextAsync("chat_message");
        await chat.SendAsync(new { type = "chat_message", content = "text-that-is-refused", client_id = "not a client id" });
        await chat.NextAsync("error");
        await chat.SendTextAsync("""{"type":"chat_message","content":["text-that-is-refused"]}""");
        await chat.NextAsync("error");
        await chat.SendTextAsync("text-that-is-refused");
        await chat.NextAsync("error");
    }
}
