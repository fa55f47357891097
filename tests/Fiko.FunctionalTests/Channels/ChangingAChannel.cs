using System.Net;
using System.Text.Json;
using Fiko.FunctionalTests.Audit;
using Fiko.FunctionalTests.Hosting;
using Fiko.FunctionalTests.Users;

namespace Fiko.FunctionalTests.Channels;

public sealed class ChangingAChannel(FikoServer server) : IClassFixture<FikoServer>
{
    [Fact]
    public async Task The_list_is_paged()
    {
        var workspace = await TestWorkspace.CreateAsync(server, agents: 1);
        foreach (var name in (string[])["A", "B"])
        {
            await server.PostAsync("/api/v1/channels", new { source = "api", name }, workspace.Owner.Token);
        }

        var first = await (await server.GetAsync("/api/v1/channels?limit=2&include_total=true", workspace.Owner.Token)).JsonAsync();
        var second = await (await server.GetAsync($"/api/v1/channels?limit=2&cursor={first.Text("next_cursor")}", workspace.Owner.Token)).JsonAsync();

        Assert.Equal("items next_cursor total", first.Names());
        Assert.Equal(["Tests", "A"], first.At("items").EnumerateArray().Select(c => c.Text("name")));
        Assert.Equal(["B"], second.At("items").EnumerateArray().Select(c => c.Text("name")));
        Assert.Equal(JsonValueKind.Null, second.At("next_cursor").ValueKind);
        Assert.Equal(3, first.Number("total"));
        await (await server.GetAsync("/api/v1/channels?source=api", workspace.Owner.Token)).ProblemAsync(HttpStatusCode.BadRequest, "invalid_field");
    }

    [Fact]
    public async Task A_name_given_by_hand_stays_when_the_platform_is_asked()
    {
        var telegram = await TelegramWorkspace.CreateAsync(server);
        var before = await server.GetAsync($"/api/v1/channels/{telegram.Channel}", telegram.Owner.Token);

        var answer = await PatchAsync(telegram.Owner, telegram.Channel, new { name = " Our shop " }, before.Headers.ETag!.Tag);

        Assert.Equal("Our shop", (await answer.JsonAsync()).Text("name"));
        Assert.NotEqual(before.Headers.ETag, answer.Headers.ETag);
        var check = await server.CallAsync(HttpMethod.Post, $"/api/v1/channels/{telegram.Channel}/check", null, telegram.Owner.Token);
        var checkedNow = await check.JsonAsync();
        Assert.Equal(("Our shop", "active"), (checkedNow.Text("name"), checkedNow.Text("status")));
        await (await PatchAsync(telegram.Owner, telegram.Channel, new { name = "Late" }, before.Headers.ETag.Tag)).ProblemAsync(HttpStatusCode.PreconditionFailed, "precondition_failed");
        Assert.Equal("""["name"]""", (await server.DeedAsync(telegram.Owner, "channel.changed")).At("facts.fields").GetRawText());
    }

    [Fact]
    public async Task A_disabled_bot_brings_nothing_and_what_waits_to_be_sent_goes_out_when_it_is_enabled()
    {
        var telegram = await TelegramWorkspace.CreateAsync(server);
        var conversation = await telegram.BeginAsync(71);
        await using var chat = await telegram.OpenChatAsync(conversation);

        var off = await PatchAsync(telegram.Owner, telegram.Channel, new { status = "disabled" });
        await chat.SendAsync(new { type = "chat_message", content = "Held back" });
        var held = await chat.NextAsync("chat_message");
        await telegram.Customers.WriteAsync(71, "Are you there?");

        Assert.Equal("disabled", (await off.JsonAsync()).Text("status"));
        Assert.True(held.At("external_send_result.pending").GetBoolean());
        Assert.Equal("", await WebhookAsync(telegram));
        Assert.Equal(HttpStatusCode.Unauthorized, (await telegram.PostUpdateAsync("{}", await telegram.SecretAsync())).Status);
        Assert.DoesNotContain(await telegram.ReadChatAsync(conversation), m => m.Text("content") == "Are you there?");

        var on = await PatchAsync(telegram.Owner, telegram.Channel, new { status = "active" });

        Assert.Equal("active", (await on.JsonAsync()).Text("status"));
        var sent = await chat.NextAsync(f => f.IsA("message_status") && f.Text("message_id") == held.Text("message.id"), "the message to be sent");
        Assert.Equal("sent", sent.Text("status"));
        await Eventually.SeesAsync(
            () => telegram.ReadChatAsync(conversation), all => all.Any(m => m.Text("content") == "Are you there?"), "what the customer wrote meanwhile");
    }

    [Fact]
    public async Task A_disabled_channel_of_ones_own_takes_nothing()
    {
        var workspace = await TestWorkspace.CreateAsync(server, agents: 1);
        await PatchAsync(workspace.Owner, workspace.ChannelId, new { status = "disabled" });

        Assert.Equal(HttpStatusCode.Unauthorized, await workspace.WriteAsync("c1", "Hello"));
        await PatchAsync(workspace.Owner, workspace.ChannelId, new { status = "active" });
        Assert.Equal(HttpStatusCode.Accepted, await workspace.WriteAsync("c1", "Hello"));
    }

    [Fact]
    public async Task A_new_token_must_be_of_the_same_bot()
    {
        var telegram = await TelegramWorkspace.CreateAsync(server);

        var another = await PatchAsync(telegram.Owner, telegram.Channel, new { bot_token = TelegramWorkspace.NewToken() });
        var wrongKind = await PatchAsync(telegram.Owner, telegram.Channel, new { access_token = "x" });
        var none = await PatchAsync(telegram.Owner, telegram.Channel, new { bot_token = "nonsense" });
        var same = await PatchAsync(telegram.Owner, telegram.Channel, new { bot_token = telegram.Token });

        Assert.True((await another.ProblemAsync(HttpStatusCode.UnprocessableEntity, "channel_refused")).At("errors").TryGetProperty("bot_token", out _));
        await wrongKind.ProblemAsync(HttpStatusCode.BadRequest, "invalid_field");
        await none.ProblemAsync(HttpStatusCode.UnprocessableEntity, "channel_refused");
        Assert.Equal((HttpStatusCode.OK, "active"), (same.StatusCode, (await same.JsonAsync()).Text("status")));
        Assert.DoesNotContain(telegram.Token, await same.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
        Assert.DoesNotContain(telegram.Token, (await server.DeedAsync(telegram.Owner, "channel.changed")).GetRawText(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("name", "")]
    [InlineData("name", null)]
    [InlineData("status", "error")]
    [InlineData("status", null)]
    [InlineData("bot_token", " ")]
    [InlineData("access_token", "token")]
    public async Task A_bad_field_is_named(string field, string? value)
    {
        var workspace = await TestWorkspace.CreateAsync(server, agents: 1);

        var answer = await PatchAsync(workspace.Owner, workspace.ChannelId, new Dictionary<string, string?> { [field] = value });

        Assert.True((await answer.ProblemAsync(HttpStatusCode.BadRequest, "invalid_field")).At("errors").TryGetProperty(field, out _));
    }

    [Fact]
    public async Task A_new_key_is_shown_once_and_ends_the_old_one()
    {
        var workspace = await TestWorkspace.CreateAsync(server, agents: 1);

        var answer = await server.CallAsync(HttpMethod.Post, $"/api/v1/channels/{workspace.ChannelId}/key", null, workspace.Owner.Token);

        var key = (await answer.JsonAsync()).Text("key")!;
        Assert.True(answer.Headers.CacheControl!.NoStore);
        Assert.Equal(HttpStatusCode.Unauthorized, await workspace.WriteAsync("c1", "With the old key"));
        var body = new { external_id = "m1", customer = new { external_id = "c1", first_name = "C" }, text = "With the new key" };
        var written = await server.CallAsync(
            HttpMethod.Post, $"/api/v1/channels/{workspace.ChannelId}/messages", System.Net.Http.Json.JsonContent.Create(body), null, ("X-Fiko-Channel-Key", key));
        Assert.Equal(HttpStatusCode.Accepted, written.StatusCode);
        var shown = await (await server.GetAsync($"/api/v1/channels/{workspace.ChannelId}", workspace.Owner.Token)).Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        Assert.DoesNotContain("key", shown, StringComparison.Ordinal);
        Assert.DoesNotContain(key, (await server.DeedAsync(workspace.Owner, "channel.key_rotated")).GetRawText(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Only_a_channel_of_ones_own_has_a_key()
    {
        var telegram = await TelegramWorkspace.CreateAsync(server);

        var answer = await server.CallAsync(HttpMethod.Post, $"/api/v1/channels/{telegram.Channel}/key", null, telegram.Owner.Token);

        await answer.ProblemAsync(HttpStatusCode.BadRequest, "channel_without_key");
    }

    [Fact]
    public async Task Agents_and_other_workspaces_change_nothing()
    {
        var (workspace, other) = (await TestWorkspace.CreateAsync(server), await TestWorkspace.CreateAsync(server, agents: 1));
        var before = await ShowAsync(workspace);

        foreach (var (agent, status, code) in new[] { (workspace.Agents[1], HttpStatusCode.Forbidden, "forbidden"), (other.Owner, HttpStatusCode.NotFound, "channel_not_found") })
        {
            await (await PatchAsync(agent, workspace.ChannelId, new { name = "Taken", status = "disabled" })).ProblemAsync(status, code);
            await (await server.CallAsync(HttpMethod.Post, $"/api/v1/channels/{workspace.ChannelId}/key", null, agent.Token)).ProblemAsync(status, code);
            await (await server.CallAsync(HttpMethod.Post, $"/api/v1/channels/{workspace.ChannelId}/check", null, agent.Token)).ProblemAsync(status, code);
            await (await server.CallAsync(HttpMethod.Delete, $"/api/v1/channels/{workspace.ChannelId}", null, agent.Token)).ProblemAsync(status, code);
            await (await server.GetAsync($"/api/v1/channels/{workspace.ChannelId}", agent.Token)).ProblemAsync(status, code);
        }

        Assert.Equal(before, await ShowAsync(workspace));
        Assert.Equal(HttpStatusCode.Accepted, await workspace.WriteAsync("c1", "With the key of before"));
    }

    private Task<HttpResponseMessage> PatchAsync(TestAgent by, long channel, object fields, string? ifMatch = null) =>
        server.PatchAsync($"/api/v1/channels/{channel}", fields, by.Token, ifMatch);

    private async Task<string> ShowAsync(TestWorkspace workspace) =>
        await (await server.GetAsync($"/api/v1/channels/{workspace.ChannelId}", workspace.Owner.Token)).Content.ReadAsStringAsync(TestContext.Current.CancellationToken);

    private async Task<string?> WebhookAsync(TelegramWorkspace telegram) =>
        (await server.Http.CallAsync(HttpMethod.Get, $"/bot{telegram.Token}/getWebhookInfo")).Json.Text("result.url");
}
