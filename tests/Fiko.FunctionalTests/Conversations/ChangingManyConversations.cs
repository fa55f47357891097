using System.Net;
using System.Text.Json;
using Fiko.FunctionalTests.Hosting;

namespace Fiko.FunctionalTests.Conversations;

public sealed class ChangingManyConversations(FikoServer server) : IClassFixture<FikoServer>
{
    [Fact]
    public async Task All_that_are_named_are_changed_and_counted()
    {
        var workspace = await TestWorkspace.CreateAsync(server);
        var stranger = await TestWorkspace.CreateAsync(server, agents: 1);
        var theirs = await stranger.BeginAsync("other");
        string[] mine = [await workspace.BeginAsync("one"), await workspace.BeginAsync("two")];
        await server.PatchAsync(workspace.Owner, mine[0], new { status = "closed" });
        await using var list = await workspace.OpenListAsync(workspace.Agents[1]);
        await list.DrainAsync();

        var counts = await BulkAsync(workspace, new { ids = (string[])[.. mine, theirs, "conv_999999999"], action = "set_status", status = "closed" });

        Assert.Equal("""{"matched":2,"changed":1,"unchanged":1,"refused":0,"not_found":2}""", counts.GetRawText());
        Assert.Equal(["status"], (await list.DrainAsync()).Reasons());
        Assert.Equal("active", (await server.ShowAsync(stranger.Owner, theirs)).Text("status"));
    }

    [Fact]
    public async Task All_that_match_are_assigned_tagged_and_read()
    {
        var workspace = await TestWorkspace.CreateAsync(server);
        foreach (var n in Enumerable.Range(0, 5))
        {
            await workspace.BeginAsync($"customer-{n}");
        }

        var unread = new { unread_only = true };
        Assert.Equal(5, (await BulkAsync(workspace, new { filters = unread, action = "assign", user_id = workspace.Agents[1].Id })).Number("changed"));
        Assert.Equal(5, (await BulkAsync(workspace, new { filters = unread, action = "add_tags", tags = new[] { "vip", "new" } })).Number("changed"));
        Assert.Equal(5, (await BulkAsync(workspace, new { filters = new { tag = "vip" }, action = "remove_tags", tags = new[] { "vip", "nothing" } })).Number("changed"));
        Assert.Equal(5, (await BulkAsync(workspace, new { filters = unread, action = "read" })).Number("changed"));
        Assert.Equal(0, (await BulkAsync(workspace, new { filters = unread, action = "read" })).Number("matched"));

        var all = (await server.DoAsync(workspace.Owner, HttpMethod.Get, "conversations")).At("items").EnumerateArray().ToList();
        Assert.All(all, c => Assert.Equal((workspace.Agents[1].Id, 0, """["new"]"""), (c.Number("assigned_to"), c.Number("unread_count"), c.At("tags").GetRawText())));
    }

    [Fact]
    public async Task What_a_rule_keeps_is_counted_as_refused_and_the_others_go_on()
    {
        var workspace = await TestWorkspace.CreateAsync(server, agents: 3);
        var (mine, theirs) = (await workspace.BeginAsync("one"), await workspace.BeginAsync("two"));
        await server.DoAsync(workspace.Agents[1], HttpMethod.Post, $"conversations/{mine}/claim");
        await server.DoAsync(workspace.Agents[2], HttpMethod.Post, $"conversations/{theirs}/claim");

        var counts = await server.DoAsync(workspace.Agents[1], HttpMethod.Post, "conversations/bulk", new { ids = new[] { mine, theirs }, action = "assign" });

        Assert.Equal("""{"matched":2,"changed":1,"unchanged":0,"refused":1,"not_found":0}""", counts.GetRawText());
        Assert.Equal(workspace.Agents[2].Id, (await server.ShowAsync(workspace.Owner, theirs)).Number("assigned_to"));
        Assert.Equal(JsonValueKind.Null, (await server.ShowAsync(workspace.Owner, mine)).At("assigned_to").ValueKind);
    }

    [Theory]
    [InlineData("""{"action":"read"}""", "filters")]
    [InlineData("""{"action":"read","ids":[]}""", "ids")]
    [InlineData("""{"action":"read","filters":{}}""", "filters")]
    [InlineData("""{"action":"read","ids":["conv_1"],"filters":{"status":"active"}}""", "filters")]
    [InlineData("""{"action":"read","ids":["1"]}""", "ids")]
    [InlineData("""{"action":"read","filters":{"status":"open"}}""", "filters.status")]
    [InlineData("""{"action":"burn","ids":["conv_1"]}""", "action")]
    [InlineData("""{"ids":["conv_1"]}""", "action")]
    [InlineData("""{"action":"set_status","ids":["conv_1"]}""", "status")]
    [InlineData("""{"action":"add_tags","ids":["conv_1"],"tags":[]}""", "tags")]
    [InlineData("""{"action":"remove_tags","ids":["conv_1"]}""", "tags")]
    public async Task What_says_nothing_is_refused(string body, string field)
    {
        var workspace = await TestWorkspace.CreateAsync(server, agents: 1);

        await server.AskAsync(workspace.Owner, HttpMethod.Post, "conversations/bulk", new StringContent(body, System.Text.Encoding.UTF8, "application/json"))
            .IsRefusedAsync(HttpStatusCode.BadRequest, "invalid_field", field);
    }

    [Fact]
    public async Task More_than_a_thousand_ids_are_too_many()
    {
        var workspace = await TestWorkspace.CreateAsync(server, agents: 1);

        await server.AskAsync(workspace.Owner, HttpMethod.Post, "conversations/bulk", new { ids = Enumerable.Range(1, 1001).Select(n => $"conv_{n}"), action = "read" })
            .IsRefusedAsync(HttpStatusCode.BadRequest, "invalid_field", "ids");
    }

    private Task<JsonElement> BulkAsync(TestWorkspace workspace, object body) => server.DoAsync(workspace.Owner, HttpMethod.Post, "conversations/bulk", body);
}
