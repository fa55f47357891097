using System.Globalization;
using System.Net;
using System.Text.Json;
using Fiko.FunctionalTests.Hosting;

namespace Fiko.FunctionalTests.Audit;

public sealed class ReadingTheAudit(FikoServer server) : IClassFixture<FikoServer>
{
    [Fact]
    public async Task It_says_who_did_what_when_and_from_where()
    {
        var workspace = await TestWorkspace.CreateAsync(server);
        var conversation = await workspace.BeginAsync("c1");
        var agent = workspace.Agents[1];
        await using var chat = await FikoSocket.OpenAsync(
            server.Socket($"/ws/chat/{conversation}/?token={agent.Token}"), o => o.SetRequestHeader("User-Agent", "Frontend/1.0"));

        var id = await SayAsync(chat, "A secret plan");

        var entry = await server.DeedAsync(workspace.Owner, "message.sent");
        Assert.Equal("id user_id username action target facts at ip_address user_agent session_id", entry.Names());
        Assert.Equal((agent.Id, agent.Name), (entry.Number("user_id"), entry.Text("username")));
        Assert.Equal(id, entry.Text("target"));
        Assert.Equal(conversation, entry.Text("facts.conversation_id"));
        Assert.Equal(("127.0.0.1", "Frontend/1.0"), (entry.Text("ip_address"), entry.Text("user_agent")));
        Assert.True(entry.Number("session_id") > 0);
        Assert.InRange(entry.At("at").GetDateTimeOffset(), TimeProvider.System.GetUtcNow().AddMinutes(-5), TimeProvider.System.GetUtcNow());
        Assert.DoesNotContain("secret plan", entry.GetRawText(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Only_owners_read_it()
    {
        var workspace = await TestWorkspace.CreateAsync(server);

        var agents = await server.GetAsync("/api/v1/audit", workspace.Agents[1].Token);
        var nobodys = await server.GetAsync("/api/v1/audit");

        await agents.ProblemAsync(HttpStatusCode.Forbidden, "forbidden");
        Assert.Equal(HttpStatusCode.Unauthorized, nobodys.StatusCode);
    }

    [Fact]
    public async Task It_is_paged_newest_first()
    {
        var workspace = await TestWorkspace.CreateAsync(server);
        await using var chat = await workspace.OpenChatAsync(workspace.Owner, await workspace.BeginAsync("c1"));
        for (var n = 0; n < 5; n++)
        {
            await SayAsync(chat, $"Answer {n}");
        }

        var seen = new List<long>();
        string? cursor = null;
        do
        {
            var page = await (await server.GetAsync($"/api/v1/audit?limit=2&include_total=true{(cursor is null ? "" : $"&cursor={cursor}")}", workspace.Owner.Token)).JsonAsync();
            Assert.Equal(7, page.Number("total"));
            seen.AddRange(page.At("items").EnumerateArray().Select(e => e.Number("id")));
            cursor = page.Text("next_cursor");
        }
        while (cursor is not null);

        Assert.Equal(7, seen.Count);
        Assert.Equal(seen.OrderDescending(), seen);
    }

    [Fact]
    public async Task It_is_filtered_by_user_action_target_and_time()
    {
        var workspace = await TestWorkspace.CreateAsync(server);
        var (first, second) = (await workspace.BeginAsync("c1"), await workspace.BeginAsync("c2"));
        await using var owners = await workspace.OpenChatAsync(workspace.Owner, first);
        await using var agents = await workspace.OpenChatAsync(workspace.Agents[1], second);
        var (one, two) = (await SayAsync(owners, "One"), await SayAsync(agents, "Two"));
        var (login, sent) = (await server.DeedAsync(workspace.Owner, "user.logged_in"), await server.AuditAsync(workspace.Owner, "action=message.sent"));
        var between = Uri.EscapeDataString(sent[^1].At("at").GetDateTimeOffset().ToString("O", CultureInfo.InvariantCulture));

        Assert.Equal(2, sent.Count);
        Assert.Equal([$"message.sent {one}"], await server.DeedsAsync(workspace.Owner, $"target={one}"));
        Assert.Equal(
            [$"message.sent {two}", $"user.logged_in user_{workspace.Agents[1].Id}"],
            await server.DeedsAsync(workspace.Owner, $"user_id={workspace.Agents[1].Id}"));
        Assert.Equal([$"message.sent {two}", $"message.sent {one}"], await server.DeedsAsync(workspace.Owner, $"from={between}"));
        Assert.All(await server.AuditAsync(workspace.Owner, $"to={between}"), e => Assert.True(e.Number("id") <= login.Number("id")));
        Assert.Empty(await server.AuditAsync(workspace.Owner, $"user_id={workspace.Owner.Id}&target={two}"));
    }

    [Theory]
    [InlineData("user_id=x", "user_id")]
    [InlineData("user_id=999999999", "user_id")]
    [InlineData("action=everything", "action")]
    [InlineData("target=%27--", "target")]
    [InlineData("from=yesterday", "from")]
    [InlineData("from=2026-01-02T00:00:00Z&to=2026-01-01T00:00:00Z", "to")]
    [InlineData("limit=501", "limit")]
    [InlineData("cursor=x", "cursor")]
    [InlineData("sort=action", "sort")]
    [InlineData("who=me", "who")]
    public async Task A_wrong_filter_is_no_empty_list(string query, string field)
    {
        var workspace = await TestWorkspace.CreateAsync(server, agents: 1);

        var answer = await server.GetAsync($"/api/v1/audit?{query}", workspace.Owner.Token);

        var problem = await answer.ProblemAsync(HttpStatusCode.BadRequest, "invalid_field");
        Assert.True(problem.At("errors").TryGetProperty(field, out _), problem.GetRawText());
    }

    [Fact]
    public async Task Another_workspace_has_an_audit_of_its_own()
    {
        var (workspace, other) = (await TestWorkspace.CreateAsync(server), await TestWorkspace.CreateAsync(server));

        var seen = await server.AuditAsync(workspace.Owner);
        var others = await server.GetAsync($"/api/v1/audit?user_id={other.Owner.Id}", workspace.Owner.Token);

        Assert.Equal(workspace.Agents.Select(a => a.Id).OrderDescending(), seen.Select(e => e.Number("user_id")));
        await others.ProblemAsync(HttpStatusCode.BadRequest, "invalid_field");
    }

    private static async Task<string> SayAsync(FikoSocket chat, string text)
    {
        await chat.SendAsync(new { type = "chat_message", content = text });
        return (await chat.NextAsync(f => f.IsA("chat_message") && f.Text("message.content") == text, text)).Text("message.id")!;
    }
}
