using System.Net;
using System.Text.Json;
using Fiko.FunctionalTests.Hosting;

namespace Fiko.FunctionalTests.Conversations;

public sealed class HandlingAConversation(FikoServer server) : IClassFixture<FikoServer>
{
    private static readonly string[] Everything = ["assignment", "priority", "status", "tags", "title"];

    [Fact]
    public async Task Everybody_hears_what_changed_and_why()
    {
        var workspace = await TestWorkspace.CreateAsync(server);
        var (owner, agent) = (workspace.Owner, workspace.Agents[1]);
        var conversation = await workspace.BeginAsync("sara");
        await using var list = await workspace.OpenListAsync(agent);
        await using var chat = await workspace.OpenChatAsync(agent, conversation);
        await chat.NextAsync("recent_messages");
        await list.DrainAsync();

        var shown = await server.PatchAsync(
            owner, conversation, new { status = "pending", assigned_to = agent.Id, priority = 4, tags = new[] { " vip ", "late" }, title = " The big order " });

        Assert.Equal(("pending", agent.Id, 4, "The big order"), (shown.Text("status"), shown.Number("assigned_to"), shown.Number("priority"), shown.Text("title")));
        Assert.Equal("""["vip","late"]""", shown.At("tags").GetRawText());
        var onList = (await list.DrainAsync()).Where(f => f.IsA("conversation_updated")).ToList();
        var inChat = (await chat.DrainAsync()).Where(f => f.IsA("conversation_updated")).ToList();
        Assert.Equal(Everything, onList.Reasons().Order());
        Assert.Equal(onList.Select(f => f.GetRawText()), inChat.Select(f => f.GetRawText()));
        Assert.All(onList, f => Assert.Equal("The big order", f.Text("conversation.title")));
    }

    [Fact]
    public async Task What_is_so_already_is_no_news()
    {
        var workspace = await TestWorkspace.CreateAsync(server);
        var conversation = await workspace.BeginAsync("sara");
        var patch = new { status = "pending", assigned_to = workspace.Owner.Id, priority = 3, tags = new[] { "vip" }, title = "Sara" };
        await server.PatchAsync(workspace.Owner, conversation, patch);
        await using var list = await workspace.OpenListAsync(workspace.Owner);
        await list.DrainAsync();

        await server.PatchAsync(workspace.Agents[1], conversation, patch);
        await server.PatchAsync(workspace.Agents[1], conversation, new { });

        Assert.Empty((await list.DrainAsync()).Reasons());
    }

    [Fact]
    public async Task A_customers_message_opens_a_closed_one_and_changes_nothing_else()
    {
        var workspace = await TestWorkspace.CreateAsync(server);
        var conversation = await workspace.BeginAsync("sara");
        await server.PatchAsync(workspace.Owner, conversation, new { status = "closed", assigned_to = workspace.Owner.Id, priority = 1, tags = new[] { "vip" }, title = "Sara" });

        await workspace.WriteAsync("sara", "Hello again");

        var shown = await server.ShowAsync(workspace.Owner, conversation);
        Assert.Equal(("active", workspace.Owner.Id, 1, "Sara"), (shown.Text("status"), shown.Number("assigned_to"), shown.Number("priority"), shown.Text("title")));
        Assert.Equal("""["vip"]""", shown.At("tags").GetRawText());
    }

    [Fact]
    public async Task A_customers_message_leaves_a_pending_one_pending()
    {
        var workspace = await TestWorkspace.CreateAsync(server);
        var conversation = await workspace.BeginAsync("sara");
        await server.PatchAsync(workspace.Owner, conversation, new { status = "pending" });

        await workspace.WriteAsync("sara", "Hello again");

        Assert.Equal("pending", (await server.ShowAsync(workspace.Owner, conversation)).Text("status"));
    }

    [Fact]
    public async Task Without_a_title_it_is_called_after_its_customer_again()
    {
        var workspace = await TestWorkspace.CreateAsync(server);
        var conversation = await workspace.BeginAsync("sara");
        await server.PatchAsync(workspace.Owner, conversation, new { title = "The big order" });

        var shown = await server.DoAsync(
            workspace.Owner, HttpMethod.Patch, $"conversations/{conversation}", new StringContent("""{"title":null}""", System.Text.Encoding.UTF8, "application/json"));

        Assert.Equal("api - Customer sara", shown.Text("title"));
    }

    [Fact]
    public async Task A_change_of_something_that_somebody_else_changed_meanwhile_is_refused()
    {
        var workspace = await TestWorkspace.CreateAsync(server);
        var conversation = await workspace.BeginAsync("sara");
        var seen = await server.CallAsync(HttpMethod.Get, $"/api/v1/conversations/{conversation}", null, workspace.Owner.Token);
        var tag = seen.Headers.ETag!.ToString();
        await server.PatchAsync(workspace.Agents[1], conversation, new { priority = 4 });

        await server.AskAsync(workspace.Owner, HttpMethod.Patch, $"conversations/{conversation}", new { priority = 1 }, ("If-Match", tag))
            .IsRefusedAsync(HttpStatusCode.PreconditionFailed, "precondition_failed");

        Assert.Equal(4, (await server.ShowAsync(workspace.Owner, conversation)).Number("priority"));
    }

    [Fact]
    public async Task Who_read_how_far_is_shown_with_it()
    {
        var workspace = await TestWorkspace.CreateAsync(server);
        var conversation = await workspace.BeginAsync("sara");

        var shown = await server.DoAsync(workspace.Agents[1], HttpMethod.Post, $"conversations/{conversation}/read");

        Assert.Equal(0, shown.Number("unread_count"));
        var reader = Assert.Single(shown.At("read_by").EnumerateArray());
        Assert.Equal((workspace.Agents[1].Id, workspace.Agents[1].Name, 1), (reader.Number("user_id"), reader.Text("username"), reader.Number("up_to_seq")));
    }

    [Theory]
    [InlineData("""{"status":"open"}""", "status")]
    [InlineData("""{"status":null}""", "status")]
    [InlineData("""{"priority":0}""", "priority")]
    [InlineData("""{"priority":5}""", "priority")]
    [InlineData("""{"priority":"high"}""", "priority")]
    [InlineData("""{"title":" "}""", "title")]
    [InlineData("""{"tags":["a",""]}""", "tags")]
    [InlineData("""{"tags":["a",null]}""", "tags")]
    [InlineData("""{"assigned_to":"sara"}""", "assigned_to")]
    public async Task A_value_that_is_none_is_refused_by_name(string patch, string field)
    {
        var workspace = await TestWorkspace.CreateAsync(server, agents: 1);
        var conversation = await workspace.BeginAsync("sara");
        var before = (await server.ShowAsync(workspace.Owner, conversation)).GetRawText();

        await server.AskAsync(workspace.Owner, HttpMethod.Patch, $"conversations/{conversation}", new StringContent(patch, System.Text.Encoding.UTF8, "application/json"))
            .IsRefusedAsync(HttpStatusCode.BadRequest, "invalid_field", field);

        Assert.Equal(before, (await server.ShowAsync(workspace.Owner, conversation)).GetRawText());
    }

    [Fact]
    public async Task Too_many_tags_are_refused()
    {
        var workspace = await TestWorkspace.CreateAsync(server, agents: 1);
        var conversation = await workspace.BeginAsync("sara");

        await server.AskAsync(workspace.Owner, HttpMethod.Patch, $"conversations/{conversation}", new { tags = Enumerable.Range(0, 21).Select(n => $"tag {n}") })
            .IsRefusedAsync(HttpStatusCode.BadRequest, "too_many_tags");

        Assert.Empty((await server.DoAsync(workspace.Owner, HttpMethod.Get, "tags")).At("items").EnumerateArray());
    }

    [Fact]
    public async Task Nobody_of_another_workspace_is_given_it()
    {
        var workspace = await TestWorkspace.CreateAsync(server);
        var stranger = await TestWorkspace.CreateAsync(server, agents: 1);
        var conversation = await workspace.BeginAsync("sara");

        await server.AskAsync(workspace.Owner, HttpMethod.Patch, $"conversations/{conversation}", new { assigned_to = stranger.Owner.Id })
            .IsRefusedAsync(HttpStatusCode.NotFound, "user_not_found", "assigned_to");

        Assert.Equal(JsonValueKind.Null, (await server.ShowAsync(workspace.Owner, conversation)).At("assigned_to").ValueKind);
    }

    [Fact]
    public async Task Another_workspaces_conversation_is_not_there_and_stays_as_it_is()
    {
        var workspace = await TestWorkspace.CreateAsync(server);
        var stranger = await TestWorkspace.CreateAsync(server, agents: 1);
        var conversation = await workspace.BeginAsync("sara");
        var message = (await server.DoAsync(workspace.Owner, HttpMethod.Get, $"conversations/{conversation}/messages")).Text("items.0.id");
        var before = (await server.ShowAsync(workspace.Owner, conversation)).GetRawText();
        await using var list = await workspace.OpenListAsync(workspace.Owner);
        await list.DrainAsync();

        foreach (var (method, path, body) in Everywhere(message!, stranger.Owner.Id))
        {
            var answer = await server.AskAsync(stranger.Owner, method, $"conversations/{conversation}{path}", body);
            Assert.True(answer.Status is HttpStatusCode.NotFound, $"{method} {path}: {answer.Status} {answer.Text}");
            Assert.EndsWith("_not_found", answer.Json.Text("code"), StringComparison.Ordinal);
        }

        Assert.Equal(before, (await server.ShowAsync(workspace.Owner, conversation)).GetRawText());
        Assert.Empty(await list.DrainAsync());
    }

    private static IEnumerable<(HttpMethod Method, string Path, object? Body)> Everywhere(string message, long user) =>
    [
        (HttpMethod.Get, "", null),
        (HttpMethod.Patch, "", new { priority = 4, tags = new[] { "mine" } }),
        (HttpMethod.Delete, "", null),
        (HttpMethod.Post, "/claim", null),
        (HttpMethod.Post, "/release", null),
        (HttpMethod.Post, "/assign", new { user_id = user }),
        (HttpMethod.Post, "/read", null),
        (HttpMethod.Get, "/activity", null),
        (HttpMethod.Get, "/messages", null),
        (HttpMethod.Post, "/messages", new { content = "Hello" }),
        (HttpMethod.Get, $"/messages/{message}", null),
        (HttpMethod.Patch, $"/messages/{message}", new { content = "Hello" }),
        (HttpMethod.Delete, $"/messages/{message}", null),
        (HttpMethod.Post, $"/messages/{message}/retry", null),
        (HttpMethod.Put, $"/messages/{message}/reaction", new { emoji = "👍" }),
        (HttpMethod.Post, "/notes", new { content = "Hello" }),
        (HttpMethod.Get, "/draft", null),
        (HttpMethod.Put, "/draft", new { content = "Hello" }),
        (HttpMethod.Delete, "/draft", null),
    ];
}
