using System.Net;
using Fiko.FunctionalTests.Conversations;
using Fiko.FunctionalTests.Hosting;

namespace Fiko.FunctionalTests.Replies;

public sealed class UsingCannedReplies(FikoServer server) : IClassFixture<FikoServer>
{
    [Fact]
    public async Task It_is_filled_in_with_what_is_known()
    {
        var workspace = await TestWorkspace.CreateAsync(server);
        var conversation = await workspace.BeginAsync("sara");
        var reply = await CreateAsync(workspace.Agents[1], "Hello {{ customer.first_name }} {{customer.username|there}}, {{agent.first_name}} here about {{conversation.id}}.{{customer.username}}");

        var filled = await server.DoAsync(workspace.Owner, HttpMethod.Post, $"replies/{reply.Number("id")}/render", new { conversation_id = conversation });

        Assert.Equal($"Hello Customer there, Agent here about {conversation}.", filled.Text("text"));
        Assert.Equal(1, (await server.ShowAsync(workspace.Owner, conversation)).Number("last_seq"));
    }

    [Fact]
    public async Task Everybody_uses_it_and_its_author_or_an_administrator_changes_it()
    {
        var workspace = await TestWorkspace.CreateAsync(server, agents: 3);
        var reply = await CreateAsync(workspace.Agents[1], "Hello");
        var path = $"replies/{reply.Number("id")}";

        await server.AskAsync(workspace.Agents[2], HttpMethod.Patch, path, new { text = "Bye" }).IsRefusedAsync(HttpStatusCode.Forbidden, "forbidden");
        await server.AskAsync(workspace.Agents[2], HttpMethod.Delete, path).IsRefusedAsync(HttpStatusCode.Forbidden, "forbidden");
        Assert.Equal(reply.GetRawText(), (await server.DoAsync(workspace.Agents[2], HttpMethod.Get, path)).GetRawText());

        Assert.Equal("Good day", (await server.DoAsync(workspace.Agents[1], HttpMethod.Patch, path, new { text = "Good day" })).Text("text"));
        Assert.Equal(("Good day", "Greeting"), Both(await server.DoAsync(workspace.Owner, HttpMethod.Patch, path, new { title = "Greeting" })));
        await server.DoAsync(workspace.Owner, HttpMethod.Delete, path);
        await server.AskAsync(workspace.Owner, HttpMethod.Get, path).IsRefusedAsync(HttpStatusCode.NotFound, "reply_not_found");
    }

    [Fact]
    public async Task A_title_and_a_shortcut_are_there_once()
    {
        var workspace = await TestWorkspace.CreateAsync(server, agents: 1);
        await server.DoAsync(workspace.Owner, HttpMethod.Post, "replies", new { title = "Hello", shortcut = "hi", text = "Hello" });

        await server.AskAsync(workspace.Owner, HttpMethod.Post, "replies", new { title = " Hello", text = "Hello" }).IsRefusedAsync(HttpStatusCode.Conflict, "reply_taken", "title");
        await server.AskAsync(workspace.Owner, HttpMethod.Post, "replies", new { title = "Other", shortcut = "hi", text = "Hello" }).IsRefusedAsync(HttpStatusCode.Conflict, "reply_taken", "shortcut");
        await server.DoAsync(workspace.Owner, HttpMethod.Post, "replies", new { title = "Another", text = "Hello" });
        await server.DoAsync(workspace.Owner, HttpMethod.Post, "replies", new { title = "A third", text = "Hello" });

        Assert.Equal(["A third", "Another", "Hello"], (await server.DoAsync(workspace.Owner, HttpMethod.Get, "replies")).At("items").EnumerateArray().Select(r => r.Text("title")));
    }

    [Fact]
    public async Task A_variable_that_there_is_not_is_named()
    {
        var workspace = await TestWorkspace.CreateAsync(server, agents: 1);

        var problem = await server.AskAsync(workspace.Owner, HttpMethod.Post, "replies", new { title = "Hello", text = "Dear {{customer.first_name}}, {{customer.age|old}}" })
            .IsRefusedAsync(HttpStatusCode.BadRequest, "unknown_variable", "text");

        Assert.Equal("customer.age", problem.Text("variable"));
        Assert.Contains("customer.age", problem.Text("title"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"text":"Hello"}""", "title")]
    [InlineData("""{"title":"Hello"}""", "text")]
    [InlineData("""{"title":"Hello","text":" "}""", "text")]
    [InlineData("""{"title":"Hello","text":"Hello","shortcut":"a b"}""", "shortcut")]
    [InlineData("""{"title":"LONG","text":"Hello"}""", "title")]
    public async Task What_is_no_reply_is_refused(string body, string field)
    {
        var workspace = await TestWorkspace.CreateAsync(server, agents: 1);
        var content = new StringContent(body.Replace("LONG", new string('x', 101), StringComparison.Ordinal), System.Text.Encoding.UTF8, "application/json");

        await server.AskAsync(workspace.Owner, HttpMethod.Post, "replies", content).IsRefusedAsync(HttpStatusCode.BadRequest, "invalid_field", field);
    }

    [Fact]
    public async Task Another_workspaces_is_not_there()
    {
        var workspace = await TestWorkspace.CreateAsync(server, agents: 1);
        var stranger = await TestWorkspace.CreateAsync(server, agents: 1);
        var reply = await CreateAsync(workspace.Owner, "Hello");
        var path = $"replies/{reply.Number("id")}";
        var (ours, theirs) = (await workspace.BeginAsync("sara"), await stranger.BeginAsync("sara"));

        await server.AskAsync(stranger.Owner, HttpMethod.Get, path).IsRefusedAsync(HttpStatusCode.NotFound, "reply_not_found");
        await server.AskAsync(stranger.Owner, HttpMethod.Patch, path, new { text = "x" }).IsRefusedAsync(HttpStatusCode.NotFound, "reply_not_found");
        await server.AskAsync(stranger.Owner, HttpMethod.Delete, path).IsRefusedAsync(HttpStatusCode.NotFound, "reply_not_found");
        await server.AskAsync(stranger.Owner, HttpMethod.Post, $"{path}/render", new { conversation_id = theirs }).IsRefusedAsync(HttpStatusCode.NotFound, "reply_not_found");
        await server.AskAsync(workspace.Owner, HttpMethod.Post, $"{path}/render", new { conversation_id = theirs }).IsRefusedAsync(HttpStatusCode.NotFound, "conversation_not_found");
        await server.AskAsync(workspace.Owner, HttpMethod.Post, $"{path}/render", new { conversation_id = "5" }).IsRefusedAsync(HttpStatusCode.BadRequest, "invalid_field", "conversation_id");

        Assert.Equal(reply.GetRawText(), (await server.DoAsync(workspace.Owner, HttpMethod.Get, path)).GetRawText());
        await server.DoAsync(workspace.Owner, HttpMethod.Post, $"{path}/render", new { conversation_id = ours });
    }

    private Task<System.Text.Json.JsonElement> CreateAsync(TestAgent by, string text) => server.DoAsync(by, HttpMethod.Post, "replies", new { title = "Hello", text });

    private static (string?, string?) Both(System.Text.Json.JsonElement reply) => (reply.Text("text"), reply.Text("title"));
}
