using System.Net;
using Fiko.FunctionalTests.Conversations;
using Fiko.FunctionalTests.Hosting;

namespace Fiko.FunctionalTests.Messaging;

public sealed class KeepingADraft(FikoServer server) : IClassFixture<FikoServer>
{
    [Fact]
    public async Task It_is_ones_own_and_nobody_hears_of_it()
    {
        var workspace = await TestWorkspace.CreateAsync(server);
        var draft = $"conversations/{await workspace.BeginAsync("sara")}/draft";
        await using var list = await workspace.OpenListAsync(workspace.Agents[1]);
        await list.DrainAsync();

        await server.DoAsync(workspace.Owner, HttpMethod.Put, draft, new { content = "Dear" });
        var kept = await server.DoAsync(workspace.Owner, HttpMethod.Put, draft, new { content = "Dear Sara, " });

        Assert.Equal("Dear Sara, ", kept.Text("content"));
        Assert.Equal(kept.GetRawText(), (await server.DoAsync(workspace.Owner, HttpMethod.Get, draft)).GetRawText());
        await server.AskAsync(workspace.Agents[1], HttpMethod.Get, draft).IsRefusedAsync(HttpStatusCode.NotFound, "draft_not_found");
        Assert.Empty(await list.DrainAsync());
    }

    [Fact]
    public async Task It_is_gone_when_its_agent_sends_and_stays_when_another_does()
    {
        var workspace = await TestWorkspace.CreateAsync(server);
        var conversation = await workspace.BeginAsync("sara");
        await server.DoAsync(workspace.Owner, HttpMethod.Put, $"conversations/{conversation}/draft", new { content = "Dear" });

        await server.DoAsync(workspace.Agents[1], HttpMethod.Post, $"conversations/{conversation}/messages", new { content = "Hello" });
        await server.DoAsync(workspace.Owner, HttpMethod.Post, $"conversations/{conversation}/notes", new { content = "Hm" });
        await server.DoAsync(workspace.Owner, HttpMethod.Get, $"conversations/{conversation}/draft");

        await server.DoAsync(workspace.Owner, HttpMethod.Post, $"conversations/{conversation}/messages", new { content = "Dear Sara" });
        await server.AskAsync(workspace.Owner, HttpMethod.Get, $"conversations/{conversation}/draft").IsRefusedAsync(HttpStatusCode.NotFound, "draft_not_found");
    }

    [Fact]
    public async Task It_is_dropped_and_dropping_it_again_does_no_harm()
    {
        var workspace = await TestWorkspace.CreateAsync(server, agents: 1);
        var draft = $"conversations/{await workspace.BeginAsync("sara")}/draft";
        await server.DoAsync(workspace.Owner, HttpMethod.Put, draft, new { content = "Dear" });

        await server.DoAsync(workspace.Owner, HttpMethod.Delete, draft);
        await server.DoAsync(workspace.Owner, HttpMethod.Delete, draft);

        await server.AskAsync(workspace.Owner, HttpMethod.Get, draft).IsRefusedAsync(HttpStatusCode.NotFound, "draft_not_found");
        await server.AskAsync(workspace.Owner, HttpMethod.Put, draft, new { content = " " }).IsRefusedAsync(HttpStatusCode.BadRequest, "message_empty", "content");
        await server.AskAsync(workspace.Owner, HttpMethod.Put, draft, new { content = new string('x', 4097) }).IsRefusedAsync(HttpStatusCode.BadRequest, "message_too_long", "content");
    }
}
