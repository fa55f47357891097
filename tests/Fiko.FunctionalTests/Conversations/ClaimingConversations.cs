using System.Net;
using System.Text.Json;
using Fiko.FunctionalTests.Hosting;

namespace Fiko.FunctionalTests.Conversations;

public sealed class ClaimingConversations(FikoServer server) : IClassFixture<FikoServer>
{
    [Fact]
    public async Task The_loser_is_told_who_has_it()
    {
        var workspace = await TestWorkspace.CreateAsync(server);
        var (winner, loser) = (workspace.Agents[1], workspace.Owner);
        var conversation = await workspace.BeginAsync("sara");

        var won = await server.DoAsync(winner, HttpMethod.Post, $"conversations/{conversation}/claim");

        Assert.Equal(winner.Id, won.Number("assigned_to"));
        var problem = await server.AskAsync(loser, HttpMethod.Post, $"conversations/{conversation}/claim").IsRefusedAsync(HttpStatusCode.Conflict, "already_assigned");
        Assert.Equal((winner.Id, winner.Name), (problem.Number("assigned_to.user_id"), problem.Text("assigned_to.username")));
    }

    [Fact]
    public async Task Claiming_what_is_mine_already_is_no_news()
    {
        var workspace = await TestWorkspace.CreateAsync(server);
        var conversation = await workspace.BeginAsync("sara");
        await server.DoAsync(workspace.Owner, HttpMethod.Post, $"conversations/{conversation}/claim");
        await using var chat = await workspace.OpenChatAsync(workspace.Owner, conversation);
        await using var other = await workspace.OpenChatAsync(workspace.Agents[1], conversation);
        await other.DrainAsync();
        await chat.DrainAsync();

        await chat.SendAsync(new { type = "claim" });

        var answer = await chat.NextAsync("conversation_updated");
        Assert.False(answer.TryGetProperty("cursor", out _));
        Assert.Equal(workspace.Owner.Id, answer.Number("conversation.assigned_to"));
        Assert.Empty((await other.DrainAsync()).Reasons());
    }

    [Fact]
    public async Task Over_a_socket_the_loser_is_told_in_the_error()
    {
        var workspace = await TestWorkspace.CreateAsync(server);
        var conversation = await workspace.BeginAsync("sara");
        await using var winner = await workspace.OpenChatAsync(workspace.Agents[1], conversation);
        await using var loser = await workspace.OpenChatAsync(workspace.Owner, conversation);

        await winner.SendAsync(new { type = "claim" });
        Assert.Equal("assignment", (await loser.NextAsync("conversation_updated")).Text("reason"));
        await loser.SendAsync(new { type = "claim" });

        var error = await loser.NextAsync("error");
        Assert.Equal(("already_assigned", "claim"), (error.Text("code"), error.Text("request_type")));
        Assert.Equal((workspace.Agents[1].Id, workspace.Agents[1].Name), (error.Number("assigned_to.user_id"), error.Text("assigned_to.username")));
    }

    [Fact]
    public async Task Only_its_agent_or_an_administrator_releases_it()
    {
        var workspace = await TestWorkspace.CreateAsync(server, agents: 3);
        var conversation = await workspace.BeginAsync("sara");
        await server.DoAsync(workspace.Agents[1], HttpMethod.Post, $"conversations/{conversation}/claim");

        await server.AskAsync(workspace.Agents[2], HttpMethod.Post, $"conversations/{conversation}/release").IsRefusedAsync(HttpStatusCode.Forbidden, "forbidden");
        await server.AskAsync(workspace.Agents[2], HttpMethod.Post, $"conversations/{conversation}/assign", Nobody()).IsRefusedAsync(HttpStatusCode.Forbidden, "forbidden");
        Assert.Equal(workspace.Agents[1].Id, (await server.ShowAsync(workspace.Owner, conversation)).Number("assigned_to"));

        var released = await server.DoAsync(workspace.Owner, HttpMethod.Post, $"conversations/{conversation}/release");
        Assert.Equal(JsonValueKind.Null, released.At("assigned_to").ValueKind);
    }

    [Fact]
    public async Task It_is_given_only_where_the_one_who_is_believed_to_have_it_does()
    {
        var workspace = await TestWorkspace.CreateAsync(server, agents: 3);
        var conversation = await workspace.BeginAsync("sara");
        var assign = $"conversations/{conversation}/assign";
        await server.DoAsync(workspace.Owner, HttpMethod.Post, assign, new { user_id = workspace.Agents[1].Id, expected = (long?)null });

        var problem = await server.AskAsync(workspace.Owner, HttpMethod.Post, assign, new { user_id = workspace.Agents[2].Id, expected = (long?)null })
            .IsRefusedAsync(HttpStatusCode.Conflict, "already_assigned");
        Assert.Equal(workspace.Agents[1].Id, problem.Number("assigned_to.user_id"));

        var given = await server.DoAsync(workspace.Owner, HttpMethod.Post, assign, new { user_id = workspace.Agents[2].Id, expected = workspace.Agents[1].Id });
        Assert.Equal(workspace.Agents[2].Id, given.Number("assigned_to"));
    }

    [Fact]
    public async Task Giving_it_to_nobody_in_particular_is_refused()
    {
        var workspace = await TestWorkspace.CreateAsync(server);
        var conversation = await workspace.BeginAsync("sara");

        await server.AskAsync(workspace.Owner, HttpMethod.Post, $"conversations/{conversation}/assign", new { }).IsRefusedAsync(HttpStatusCode.BadRequest, "invalid_field", "user_id");
        await server.AskAsync(workspace.Owner, HttpMethod.Post, $"conversations/{conversation}/assign", new { user_id = 999_999_999 })
            .IsRefusedAsync(HttpStatusCode.NotFound, "user_not_found", "user_id");
    }

    [Fact]
    public async Task Assigning_and_closing_over_a_socket_are_told_to_everybody()
    {
        var workspace = await TestWorkspace.CreateAsync(server);
        var conversation = await workspace.BeginAsync("sara");
        await using var chat = await workspace.OpenChatAsync(workspace.Owner, conversation);
        await using var other = await workspace.OpenChatAsync(workspace.Agents[1], conversation);
        await using var list = await workspace.OpenListAsync(workspace.Agents[1]);
        await list.DrainAsync();
        await other.DrainAsync();

        await chat.SendAsync(new { type = "assign", user_id = workspace.Agents[1].Id });
        await chat.SendAsync(new { type = "set_status", status = "closed" });
        await chat.SendAsync(new { type = "set_status", status = "shut" });

        Assert.Equal("status", (await chat.NextAsync("error")).Text("field"));
        Assert.Equal(["assignment", "status"], (await other.DrainAsync()).Reasons());
        Assert.Equal(["assignment", "status"], (await list.DrainAsync()).Reasons());
        var shown = await server.ShowAsync(workspace.Owner, conversation);
        Assert.Equal(("closed", workspace.Agents[1].Id), (shown.Text("status"), shown.Number("assigned_to")));
    }

    private static StringContent Nobody() => new("""{"user_id":null}""", System.Text.Encoding.UTF8, "application/json");
}
