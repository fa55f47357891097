using System.Net;
using Fiko.FunctionalTests.Hosting;

namespace Fiko.FunctionalTests.Audit;

public sealed class ActingInTheWorkspace(FikoServer server) : IClassFixture<FikoServer>
{
    [Fact]
    public async Task Logging_in_and_out_is_noted()
    {
        var workspace = await TestWorkspace.CreateAsync(server, agents: 1);
        var login = await server.LogInFullyAsync(workspace.Owner.Email);

        await server.PostAsync("/api/v1/auth/logout", new { refresh_token = login.Text("refresh_token") });

        var me = $"user_{workspace.Owner.Id}";
        Assert.Equal([$"user.logged_out {me}", $"user.logged_in {me}", $"user.logged_in {me}"], await server.DeedsAsync(workspace.Owner));
        var entries = await server.AuditAsync(workspace.Owner);
        Assert.Equal(entries[0].Number("session_id"), entries[1].Number("session_id"));
        Assert.NotEqual(entries[0].Number("session_id"), entries[2].Number("session_id"));
    }

    [Fact]
    public async Task A_refused_login_of_a_known_user_is_noted_with_where_it_came_from()
    {
        var workspace = await TestWorkspace.CreateAsync(server);
        var body = new { email = workspace.Agents[1].Email, password = "wrong" };

        await server.CallAsync(
            HttpMethod.Post, "/api/v1/auth/login", System.Net.Http.Json.JsonContent.Create(body), null, ("User-Agent", new string('x', 300)), ("X-Forwarded-For", "203.0.113.9"));

        var entry = await server.DeedAsync(workspace.Owner, "user.login_refused");
        Assert.Equal(workspace.Agents[1].Id, entry.Number("user_id"));
        Assert.Equal("127.0.0.1", entry.Text("ip_address"));
        Assert.Equal(new string('x', 256), entry.Text("user_agent"));
        Assert.Equal(System.Text.Json.JsonValueKind.Null, entry.At("session_id").ValueKind);
    }

    [Fact]
    public async Task A_refresh_token_used_twice_is_noted()
    {
        var workspace = await TestWorkspace.CreateAsync(server, agents: 1);
        var login = await server.LogInFullyAsync(workspace.Owner.Email);
        await server.PostAsync("/api/v1/auth/refresh", new { refresh_token = login.Text("refresh_token") });

        await server.PostAsync("/api/v1/auth/refresh", new { refresh_token = login.Text("refresh_token") });

        Assert.Equal($"user.session_revoked user_{workspace.Owner.Id}", (await server.DeedsAsync(workspace.Owner))[0]);
    }

    [Fact]
    public async Task The_same_message_twice_is_noted_once_and_a_refused_one_never()
    {
        var workspace = await TestWorkspace.CreateAsync(server, agents: 1);
        var conversation = await workspace.BeginAsync("c1");
        await using var chat = await workspace.OpenChatAsync(workspace.Owner, conversation);
        await chat.SendAsync(new { type = "chat_message", content = "Once", client_id = "a1" });
        var id = (await chat.NextAsync("chat_message")).Text("message.id");
        await chat.SendAsync(new { type = "chat_message", content = "Once", client_id = "a1" });
        await chat.NextAsync("chat_message");
        await chat.SendAsync(new { type = "chat_message", content = "No", reply_to = "msg_999999" });
        await chat.NextAsync("error");

        var sent = await server.DeedsAsync(workspace.Owner, "action=message.sent");

        Assert.Equal([$"message.sent {id}"], sent);
    }

    [Fact]
    public async Task Changing_a_message_is_noted()
    {
        var workspace = await TestWorkspace.CreateAsync(server, agents: 1);
        await using var chat = await workspace.OpenChatAsync(workspace.Owner, await workspace.BeginAsync("c1"));
        await chat.SendAsync(new { type = "chat_message", content = "Once" });
        var id = (await chat.NextAsync("chat_message")).Text("message.id")!;
        await chat.SendAsync(new { type = "edit_message", message_id = id, content = "Twice" });
        await chat.NextAsync("message_edited");
        await chat.SendAsync(new { type = "message_reaction", message_id = id, emoji = "👍" });
        await chat.NextAsync("message_reaction");
        await chat.SendAsync(new { type = "message_reaction", message_id = id, emoji = (string?)null });
        await chat.NextAsync("message_reaction");

        await chat.SendAsync(new { type = "delete_message", message_id = id });
        await chat.NextAsync("message_deleted");

        Assert.Equal(
            [$"message.deleted {id}", $"message.reaction_removed {id}", $"message.reacted {id}", $"message.edited {id}", $"message.sent {id}"],
            await server.DeedsAsync(workspace.Owner, $"target={id}"));
        Assert.All(await server.AuditAsync(workspace.Owner, $"target={id}"), e => Assert.Equal("127.0.0.1", e.Text("ip_address")));
    }

    [Fact]
    public async Task Connecting_checking_and_removing_a_channel_is_noted()
    {
        var workspace = await TestWorkspace.CreateAsync(server, agents: 1);
        var channel = (await (await server.PostAsync("/api/v1/channels", new { source = "api", name = "Shop" }, workspace.Owner.Token)).JsonAsync()).Number("id");

        await server.CallAsync(HttpMethod.Post, $"/api/v1/channels/{channel}/check", null, workspace.Owner.Token);
        await server.CallAsync(HttpMethod.Delete, $"/api/v1/channels/{channel}", null, workspace.Owner.Token);
        var again = await server.CallAsync(HttpMethod.Delete, $"/api/v1/channels/{channel}", null, workspace.Owner.Token);

        Assert.Equal(HttpStatusCode.NotFound, again.StatusCode);
        var entries = await server.AuditAsync(workspace.Owner, $"target=channel_{channel}");
        Assert.Equal(["channel.removed", "channel.checked", "channel.connected"], entries.Select(e => e.Text("action")));
        Assert.True(entries[1].At("facts.works").GetBoolean());
        Assert.Equal("api", entries[2].Text("facts.source"));
    }

    [Fact]
    public async Task An_upload_is_noted()
    {
        var workspace = await TestWorkspace.CreateAsync(server, agents: 1);
        using var body = new MultipartFormDataContent { { new ByteArrayContent("%PDF-1.7"u8.ToArray()), "file", "private name.pdf" } };

        var answer = await server.CallAsync(HttpMethod.Post, "/api/v1/attachments", body, workspace.Owner.Token);

        var entry = await server.DeedAsync(workspace.Owner, "attachment.uploaded");
        Assert.Equal((await answer.JsonAsync()).Text("id"), entry.Text("target"));
        Assert.DoesNotContain("private name", entry.GetRawText(), StringComparison.Ordinal);
    }
}
