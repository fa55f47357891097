using System.Net;
using Fiko.FunctionalTests.Conversations;
using Fiko.FunctionalTests.Hosting;

namespace Fiko.FunctionalTests.Tags;

public sealed class KeepingTags(FikoServer server) : IClassFixture<FikoServer>
{
    [Fact]
    public async Task They_are_listed_by_name_with_how_much_they_are_used()
    {
        var workspace = await TestWorkspace.CreateAsync(server);
        var created = await server.AskAsync(workspace.Agents[1], HttpMethod.Post, "tags", new { name = " late ", colour = "#FF0000" });
        await server.PatchAsync(workspace.Owner, await workspace.BeginAsync("one"), new { tags = new[] { "vip", "late" } });
        await server.PatchAsync(workspace.Owner, await workspace.BeginAsync("two"), new { tags = new[] { "vip" } });

        var tags = await server.DoAsync(workspace.Agents[1], HttpMethod.Get, "tags?include_total=true");

        Assert.Equal((HttpStatusCode.Created, "late", "#ff0000"), (created.Status, created.Json.Text("name"), created.Json.Text("colour")));
        Assert.Equal("id name colour conversations customers", created.Json.Names());
        Assert.Equal(
            [("late", "#ff0000", 1L), ("vip", "#9ca3af", 2L)],
            tags.At("items").EnumerateArray().Select(t => (t.Text("name")!, t.Text("colour")!, t.Number("conversations"))));
        Assert.Equal(2, tags.Number("total"));
    }

    [Fact]
    public async Task A_name_is_there_once_letter_for_letter()
    {
        var workspace = await TestWorkspace.CreateAsync(server);
        await server.DoAsync(workspace.Owner, HttpMethod.Post, "tags", new { name = "vip" });

        await server.AskAsync(workspace.Owner, HttpMethod.Post, "tags", new { name = " vip" }).IsRefusedAsync(HttpStatusCode.Conflict, "tag_taken", "name");
        var other = await server.DoAsync(workspace.Owner, HttpMethod.Post, "tags", new { name = "VIP" });

        await server.AskAsync(workspace.Owner, HttpMethod.Patch, $"tags/{other.Number("id")}", new { name = "vip" }).IsRefusedAsync(HttpStatusCode.Conflict, "tag_taken", "name");
    }

    [Fact]
    public async Task Another_name_is_everywhere_at_once_and_told_of_each_conversation()
    {
        var workspace = await TestWorkspace.CreateAsync(server);
        var (one, two) = (await workspace.BeginAsync("one"), await workspace.BeginAsync("two"));
        await server.PatchAsync(workspace.Owner, one, new { tags = new[] { "vip" } });
        await server.PatchAsync(workspace.Owner, two, new { tags = new[] { "other" } });
        var id = await IdOfAsync(workspace, "vip");
        await using var list = await workspace.OpenListAsync(workspace.Agents[1]);
        await list.DrainAsync();

        var changed = await server.DoAsync(workspace.Owner, HttpMethod.Patch, $"tags/{id}", new { name = "important" });

        Assert.Equal("important", changed.Text("name"));
        var heard = Assert.Single(await list.DrainAsync(), f => f.IsA("conversation_updated"));
        Assert.Equal((one, "tags", """["important"]"""), (heard.Text("conversation_id"), heard.Text("reason"), heard.At("conversation.tags").GetRawText()));
        Assert.Equal(1, (await server.DoAsync(workspace.Owner, HttpMethod.Get, "conversations?tag=important&include_total=true")).Number("total"));
    }

    [Fact]
    public async Task Without_it_nothing_has_it_any_more()
    {
        var workspace = await TestWorkspace.CreateAsync(server);
        var one = await workspace.BeginAsync("one");
        await server.PatchAsync(workspace.Owner, one, new { tags = new[] { "vip", "late" } });
        await using var list = await workspace.OpenListAsync(workspace.Agents[1]);
        await list.DrainAsync();

        await server.DoAsync(workspace.Owner, HttpMethod.Delete, $"tags/{await IdOfAsync(workspace, "vip")}");

        Assert.Equal("""["late"]""", (await list.NextAsync("conversation_updated")).At("conversation.tags").GetRawText());
        Assert.Equal(["late"], (await server.DoAsync(workspace.Owner, HttpMethod.Get, "tags")).At("items").EnumerateArray().Select(t => t.Text("name")));
        Assert.Equal("""["late","vip"]""", (await server.PatchAsync(workspace.Owner, one, new { tags = new[] { "late", "vip" } })).At("tags").GetRawText());
    }

    [Fact]
    public async Task A_tag_on_very_many_conversations_is_taken_off_all()
    {
        var workspace = await TestWorkspace.CreateAsync(server, agents: 1);
        await Parallel.ForAsync(0, 250, async (n, _) => await workspace.WriteAsync($"customer-{n}", "Hello"));
        await server.DoAsync(workspace.Owner, HttpMethod.Post, "conversations/bulk", new { filters = new { status = "active" }, action = "add_tags", tags = new[] { "vip" } });
        Assert.Equal(250, (await server.DoAsync(workspace.Owner, HttpMethod.Get, "tags")).Number("items.0.conversations"));
        await using var list = await workspace.OpenListAsync(workspace.Owner);
        await list.DrainAsync();

        await server.DoAsync(workspace.Owner, HttpMethod.Delete, $"tags/{await IdOfAsync(workspace, "vip")}");

        Assert.Equal(250, (await list.DrainAsync()).Reasons().Count(r => r == "tags"));
        Assert.Empty((await server.DoAsync(workspace.Owner, HttpMethod.Get, "tags")).At("items").EnumerateArray());
    }

    [Fact]
    public async Task Only_an_administrator_changes_what_others_use()
    {
        var workspace = await TestWorkspace.CreateAsync(server);
        var tag = await server.DoAsync(workspace.Agents[1], HttpMethod.Post, "tags", new { name = "vip" });
        var path = $"tags/{tag.Number("id")}";

        await server.AskAsync(workspace.Agents[1], HttpMethod.Patch, path, new { name = "x" }).IsRefusedAsync(HttpStatusCode.Forbidden, "forbidden");
        await server.AskAsync(workspace.Agents[1], HttpMethod.Delete, path).IsRefusedAsync(HttpStatusCode.Forbidden, "forbidden");

        Assert.Equal(tag.GetRawText(), (await server.DoAsync(workspace.Owner, HttpMethod.Get, path)).GetRawText());
    }

    [Fact]
    public async Task Another_workspaces_tag_is_not_there()
    {
        var workspace = await TestWorkspace.CreateAsync(server, agents: 1);
        var stranger = await TestWorkspace.CreateAsync(server, agents: 1);
        var tag = await server.DoAsync(workspace.Owner, HttpMethod.Post, "tags", new { name = "vip" });
        var path = $"tags/{tag.Number("id")}";

        await server.AskAsync(stranger.Owner, HttpMethod.Get, path).IsRefusedAsync(HttpStatusCode.NotFound, "tag_not_found");
        await server.AskAsync(stranger.Owner, HttpMethod.Patch, path, new { name = "x" }).IsRefusedAsync(HttpStatusCode.NotFound, "tag_not_found");
        await server.AskAsync(stranger.Owner, HttpMethod.Delete, path).IsRefusedAsync(HttpStatusCode.NotFound, "tag_not_found");

        Assert.Equal(tag.GetRawText(), (await server.DoAsync(workspace.Owner, HttpMethod.Get, path)).GetRawText());
        await server.DoAsync(stranger.Owner, HttpMethod.Post, "tags", new { name = "vip" });
    }

    [Theory]
    [InlineData("""{}""", "name")]
    [InlineData("""{"name":" "}""", "name")]
    [InlineData("""{"name":"LONG"}""", "name")]
    [InlineData("""{"name":"a\nb"}""", "name")]
    [InlineData("""{"name":"a","colour":"red"}""", "colour")]
    [InlineData("""{"name":"a","colour":"#12345"}""", "colour")]
    public async Task What_is_no_tag_is_refused(string body, string field)
    {
        var workspace = await TestWorkspace.CreateAsync(server, agents: 1);

        await server.AskAsync(workspace.Owner, HttpMethod.Post, "tags", Json(body.Replace("LONG", new string('x', 65), StringComparison.Ordinal))).IsRefusedAsync(HttpStatusCode.BadRequest, "invalid_field", field);
    }

    [Fact]
    public async Task A_change_of_what_changed_meanwhile_is_refused()
    {
        var workspace = await TestWorkspace.CreateAsync(server, agents: 1);
        var tag = await server.DoAsync(workspace.Owner, HttpMethod.Post, "tags", new { name = "vip" });
        await server.DoAsync(workspace.Owner, HttpMethod.Patch, $"tags/{tag.Number("id")}", new { colour = "#00ff00" });

        await server.AskAsync(workspace.Owner, HttpMethod.Patch, $"tags/{tag.Number("id")}", new { name = "x" }, ("If-Match", "\"0\"")).IsRefusedAsync(HttpStatusCode.PreconditionFailed, "precondition_failed");
    }

    private async Task<long> IdOfAsync(TestWorkspace workspace, string name) =>
        (await server.DoAsync(workspace.Owner, HttpMethod.Get, "tags")).At("items").EnumerateArray().Single(t => t.Text("name") == name).Number("id");

    private static StringContent Json(string body) => new(body, System.Text.Encoding.UTF8, "application/json");
}
