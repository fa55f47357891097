using System.Net;
using System.Text.Json;
using Fiko.FunctionalTests.Hosting;

namespace Fiko.FunctionalTests.Conversations;

public sealed class ReadingTheActivity(FikoServer server) : IClassFixture<FikoServer>
{
    [Fact]
    public async Task It_says_who_changed_what_newest_first()
    {
        var workspace = await TestWorkspace.CreateAsync(server);
        var (owner, agent) = (workspace.Owner, workspace.Agents[1]);
        var conversation = await workspace.BeginAsync("sara");
        await server.DoAsync(agent, HttpMethod.Post, $"conversations/{conversation}/claim");
        await server.PatchAsync(owner, conversation, new { priority = 4 });
        await server.PatchAsync(owner, conversation, new { tags = new[] { "vip" } });
        await server.PatchAsync(owner, conversation, new { status = "closed" });
        await workspace.WriteAsync("sara", "Hello again");

        var items = (await server.DoAsync(owner, HttpMethod.Get, $"conversations/{conversation}/activity")).At("items").EnumerateArray().ToList();

        Assert.Equal(["status", "status", "tags", "priority", "assignment"], items.Select(i => i.Text("change")));
        Assert.Equal(JsonValueKind.Null, items[0].At("by").ValueKind);
        Assert.Equal(("closed", "active"), (items[0].Text("status.from"), items[0].Text("status.to")));
        Assert.Equal(owner.Id, items[1].Number("by.user_id"));
        Assert.Equal("vip", items[2].Text("tags.added.0"));
        Assert.Equal((2, 4), (items[3].Number("priority.from"), items[3].Number("priority.to")));
        Assert.Equal((agent.Id, agent.Name), (items[4].Number("assigned_to.to.user_id"), items[4].Text("assigned_to.to.username")));
    }

    [Fact]
    public async Task Pages_follow_each_other()
    {
        var workspace = await TestWorkspace.CreateAsync(server, agents: 1);
        var conversation = await workspace.BeginAsync("sara");
        foreach (var priority in (int[])[1, 2, 3, 4, 1])
        {
            await server.PatchAsync(workspace.Owner, conversation, new { priority });
        }

        var first = await server.DoAsync(workspace.Owner, HttpMethod.Get, $"conversations/{conversation}/activity?limit=3");
        var second = await server.DoAsync(workspace.Owner, HttpMethod.Get, $"conversations/{conversation}/activity?limit=3&cursor={first.Text("next_cursor")}");

        var moves = first.At("items").EnumerateArray().Concat(second.At("items").EnumerateArray()).Select(i => i.Number("priority.to"));
        Assert.Equal([1, 4, 3, 2, 1], moves);
        Assert.Null(second.Text("next_cursor"));
        await server.AskAsync(workspace.Owner, HttpMethod.Get, $"conversations/{conversation}/activity?limit=0").IsRefusedAsync(HttpStatusCode.BadRequest, "invalid_field", "limit");
    }
}
