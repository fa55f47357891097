using System.Net;
using System.Text.Json;
using Fiko.FunctionalTests.Hosting;

namespace Fiko.FunctionalTests.Telegram;

public sealed class ConnectingABotOverRest(FikoServer server) : IClassFixture<FikoServer>
{
    [Fact]
    public async Task It_is_answered_with_the_channel_and_never_with_the_token()
    {
        var workspace = await TestWorkspace.CreateAsync(server);
        var token = TelegramWorkspace.NewToken();

        var answer = await TelegramWorkspace.ConnectAsync(server, workspace.Owner, token);

        Assert.Equal(HttpStatusCode.Created, answer.Status);
        var id = answer.Json.GetProperty("id").GetInt64();
        Assert.Equal(
            ["id", "source", "name", "username", "status", "last_error", "last_event_at", "webhook_url"],
            answer.Json.EnumerateObject().Select(p => p.Name));
        Assert.Equal("telegram", answer.Json.GetProperty("source").GetString());
        Assert.Equal("active", answer.Json.GetProperty("status").GetString());
        Assert.Equal(JsonValueKind.Null, answer.Json.GetProperty("last_error").ValueKind);
        Assert.Equal($"{server.Address}webhooks/telegram/{id}", answer.Json.GetProperty("webhook_url").GetString());
        Assert.DoesNotContain(token.Split(':')[1], answer.Text, StringComparison.OrdinalIgnoreCase);
        var listed = await server.Http.CallAsync(HttpMethod.Get, "/api/v1/channels", token: workspace.Owner.Token);
        Assert.Contains(listed.Json.GetProperty("items").EnumerateArray(), c => c.GetProperty("id").GetInt64() == id);
        Assert.DoesNotContain(token.Split(':')[1], listed.Text, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task Its_webhook_is_registered_with_a_secret()
    {
        var telegram = await TelegramWorkspace.CreateAsync(server);

        var info = await server.Http.CallAsync(HttpMethod.Get, $"/bot{telegram.Token}/getWebhookInfo");

        Assert.Equal($"{server.Address}webhooks/telegram/{telegram.Channel}", info.Json.GetProperty("result").GetProperty("url").GetString());
        Assert.Equal(HttpStatusCode.Unauthorized, (await telegram.PostUpdateAsync("{}", "")).Status);
        Assert.Matches("^[A-Za-z0-9_-]{32,256}$", await telegram.SecretAsync());
    }

    [Theory]
    [InlineData("not a token", HttpStatusCode.UnprocessableEntity)]
    [InlineData("123:short", HttpStatusCode.UnprocessableEntity)]
    [InlineData("7000000001:../../sandbox/telegram/faults/x", HttpStatusCode.UnprocessableEntity)]
    [InlineData("", HttpStatusCode.BadRequest)]
    [InlineData(null, HttpStatusCode.BadRequest)]
    public async Task What_is_no_token_is_refused_and_leaves_nothing(string? token, HttpStatusCode expected)
    {
        var workspace = await TestWorkspace.CreateAsync(server);

        var answer = await TelegramWorkspace.ConnectAsync(server, workspace.Owner, token);

        Assert.Equal(expected, answer.Status);
        Assert.True(answer.Json.GetProperty("errors").TryGetProperty("bot_token", out _), answer.Text);
        var listed = await server.Http.CallAsync(HttpMethod.Get, "/api/v1/channels", token: workspace.Owner.Token);
        Assert.DoesNotContain(listed.Json.GetProperty("items").EnumerateArray(), c => c.GetProperty("source").GetString() == "telegram");
    }

    [Fact]
    public async Task The_same_bot_is_connected_once_in_this_workspace_or_another()
    {
        var first = await TelegramWorkspace.CreateAsync(server);
        var other = await TestWorkspace.CreateAsync(server);

        var again = await TelegramWorkspace.ConnectAsync(server, first.Owner, first.Token);
        var elsewhere = await TelegramWorkspace.ConnectAsync(server, other.Owner, first.Token);

        Assert.Equal((HttpStatusCode.Conflict, "channel_taken"), (again.Status, again.Json.GetProperty("code").GetString()));
        Assert.Equal(HttpStatusCode.Conflict, elsewhere.Status);
    }

    [Fact]
    public async Task Of_ten_who_connect_it_at_once_one_does()
    {
        var workspace = await TestWorkspace.CreateAsync(server);
        var token = TelegramWorkspace.NewToken();

        var answers = await Task.WhenAll(Enumerable.Range(0, 10).Select(_ => TelegramWorkspace.ConnectAsync(server, workspace.Owner, token)));

        Assert.Single(answers, a => a.Status is HttpStatusCode.Created);
        Assert.Equal(9, answers.Count(a => a.Status is HttpStatusCode.Conflict));
    }

    [Fact]
    public async Task Agents_have_no_business_with_channels()
    {
        var telegram = await TelegramWorkspace.CreateAsync(server);
        var agent = telegram.Workspace.Agents[1];
        var one = $"/api/v1/channels/{telegram.Channel}";

        RestAnswer[] answers =
        [
            await TelegramWorkspace.ConnectAsync(server, agent, TelegramWorkspace.NewToken()),
            await server.Http.CallAsync(HttpMethod.Post, "/api/v1/channels", new { source = "api", name = "Mine" }, agent.Token),
            await server.Http.CallAsync(HttpMethod.Get, "/api/v1/channels", token: agent.Token),
            await server.Http.CallAsync(HttpMethod.Get, one, token: agent.Token),
            await server.Http.CallAsync(HttpMethod.Post, $"{one}/check", token: agent.Token),
            await server.Http.CallAsync(HttpMethod.Delete, one, token: agent.Token),
        ];

        Assert.All(answers, a => Assert.Equal((HttpStatusCode.Forbidden, "forbidden"), (a.Status, a.Json.GetProperty("code").GetString())));
    }

    [Fact]
    public async Task Nobody_without_a_token_and_nobody_of_another_workspace_gets_at_it()
    {
        var telegram = await TelegramWorkspace.CreateAsync(server);
        var stranger = (await TestWorkspace.CreateAsync(server)).Owner;
        var one = $"/api/v1/channels/{telegram.Channel}";

        var unknown = await server.Http.CallAsync(HttpMethod.Get, one);
        var foreign = await server.Http.CallAsync(HttpMethod.Get, one, token: stranger.Token);
        var removal = await server.Http.CallAsync(HttpMethod.Delete, one, token: stranger.Token);

        Assert.Equal(HttpStatusCode.Unauthorized, unknown.Status);
        Assert.Equal((HttpStatusCode.NotFound, HttpStatusCode.NotFound), (foreign.Status, removal.Status));
        Assert.Equal("active", (await telegram.ShowAsync()).GetProperty("status").GetString());
    }

    [Fact]
    public async Task Removing_it_takes_the_webhook_down_and_leaves_the_conversations()
    {
        var telegram = await TelegramWorkspace.CreateAsync(server);
        var conversation = await telegram.BeginAsync(CustomersSide.NewCustomer(), "Keep this");
        var secret = await telegram.SecretAsync();

        var answer = await server.Http.CallAsync(HttpMethod.Delete, $"/api/v1/channels/{telegram.Channel}", token: telegram.Owner.Token);

        Assert.Equal(HttpStatusCode.NoContent, answer.Status);
        var info = await server.Http.CallAsync(HttpMethod.Get, $"/bot{telegram.Token}/getWebhookInfo");
        Assert.Equal("", info.Json.GetProperty("result").GetProperty("url").GetString());
        Assert.Equal(HttpStatusCode.Unauthorized, (await telegram.PostUpdateAsync("{}", secret)).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await server.Http.CallAsync(HttpMethod.Get, $"/api/v1/channels/{telegram.Channel}", token: telegram.Owner.Token)).Status);
        Assert.Equal("Keep this", Assert.Single(await telegram.ReadChatAsync(conversation)).GetProperty("content").GetString());
        await using var chat = await telegram.OpenChatAsync(conversation);
        await chat.SendAsync(new { type = "chat_message", content = "Too late" });
        var shown = await chat.NextAsync("chat_message");
        Assert.Equal("failed", shown.GetProperty("message").GetProperty("status").GetString());
        Assert.Equal(HttpStatusCode.Created, (await TelegramWorkspace.ConnectAsync(server, telegram.Owner, telegram.Token)).Status);
    }
}
