using System.Net;
using Fiko.Application.Shared;
using Fiko.Domain.Agents;
using Fiko.FunctionalTests.Audit;
using Fiko.FunctionalTests.Hosting;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Fiko.FunctionalTests.Users;

public sealed class LettingPeopleGo(FikoServer server) : IClassFixture<FikoServer>
{
    [Fact]
    public async Task Who_is_deactivated_is_out_at_once_and_may_come_back()
    {
        var workspace = await TestWorkspace.CreateAsync(server);
        var agent = workspace.Agents[1];
        var login = await server.LogInFullyAsync(agent.Email);
        await using var list = await workspace.OpenListAsync(agent);
        await using var foreign = await FikoSocket.OpenAsync(server.Socket($"/ws/conversations/?token={HandmadeToken.Sign(server, new { sub = $"{agent.Id}", exp = server.In(TimeSpan.FromHours(1)) })}"));
        await list.DrainAsync();
        await foreign.DrainAsync();

        var answer = await server.ChangeAsync(workspace.Owner, agent.Id, new { is_active = false });

        Assert.False((await answer.JsonAsync()).At("is_active").GetBoolean());
        Assert.Equal((1008, 1008), (await list.ClosedAsync(), await foreign.ClosedAsync()));
        Assert.Equal(HttpStatusCode.Unauthorized, (await server.GetAsync("/api/v1/auth/me", agent.Token)).StatusCode);
        Assert.Equal(HttpStatusCode.Unauthorized, (await server.PostAsync("/api/v1/auth/refresh", new { refresh_token = login.Text("refresh_token") })).StatusCode);
        await server.ChangeAsync(workspace.Owner, agent.Id, new { is_active = true });
        Assert.Equal(HttpStatusCode.Unauthorized, (await server.GetAsync("/api/v1/auth/me", agent.Token)).StatusCode);
        Assert.NotEmpty(await server.LogInAsync(agent.Email, TestWorkspace.Password));
    }

    [Fact]
    public async Task Who_is_removed_leaves_their_messages_and_their_name_on_them()
    {
        var workspace = await TestWorkspace.CreateAsync(server);
        var (agent, conversation) = (workspace.Agents[1], await workspace.BeginAsync("c1"));
        await using var chat = await workspace.OpenChatAsync(agent, conversation);
        await chat.SendAsync(new { type = "chat_message", content = "I was here" });
        await chat.NextAsync("chat_message");

        var answer = await server.RemoveAsync(workspace.Owner, agent.Id);

        Assert.Equal(HttpStatusCode.NoContent, answer.StatusCode);
        Assert.Equal(1008, await chat.ClosedAsync());
        await (await server.GetAsync($"/api/v1/users/{agent.Id}", workspace.Owner.Token)).ProblemAsync(HttpStatusCode.NotFound, "user_not_found");
        Assert.Equal([workspace.Owner.Id], (await server.ListAsync(workspace.Owner)).Select(u => u.Number("id")));
        await using var owners = await workspace.OpenChatAsync(workspace.Owner, conversation);
        var said = (await owners.NextAsync("recent_messages")).At("messages").EnumerateArray().Last();
        Assert.Equal(("I was here", agent.Id, agent.Name), (said.Text("content"), said.Number("sender.user_id"), said.Text("sender.username")));
        Assert.Equal($"user_{agent.Id}", (await server.DeedAsync(workspace.Owner, "user.removed")).Text("target"));
        Assert.NotEmpty(await server.AuditAsync(workspace.Owner, $"user_id={agent.Id}"));
    }

    [Fact]
    public async Task The_email_of_who_is_removed_is_free_again_and_opens_nothing_of_theirs()
    {
        var workspace = await TestWorkspace.CreateAsync(server);
        var agent = workspace.Agents[1];
        await server.RemoveAsync(workspace.Owner, agent.Id);
        await (await server.PostAsync("/api/v1/auth/login", new { email = agent.Email, password = TestWorkspace.Password })).ProblemAsync(HttpStatusCode.Unauthorized, "auth_failed");

        var next = await server.TakeInAsync(workspace.Owner, email: agent.Email);

        Assert.NotEqual(agent.Id, next.Id);
        Assert.Equal(next.Id, (await (await server.GetAsync("/api/v1/auth/me", next.Token)).JsonAsync()).Number("id"));
        await (await server.RemoveAsync(workspace.Owner, agent.Id)).ProblemAsync(HttpStatusCode.NotFound, "user_not_found");
    }

    [Fact]
    public async Task Nobody_removes_or_deactivates_themselves()
    {
        var workspace = await TestWorkspace.CreateAsync(server, agents: 1);
        await server.TakeInAsync(workspace.Owner, "owner");
        var admin = await server.TakeInAsync(workspace.Owner, "admin");

        HttpResponseMessage[] refused =
        [
            await server.RemoveAsync(workspace.Owner, workspace.Owner.Id),
            await server.RemoveAsync(admin, admin.Id),
            await server.ChangeAsync(admin, admin.Id, new { is_active = false }),
        ];

        foreach (var answer in refused)
        {
            await answer.ProblemAsync(HttpStatusCode.Conflict, "own_account");
        }

        Assert.Equal(HttpStatusCode.OK, (await server.GetAsync("/api/v1/auth/me", admin.Token)).StatusCode);
    }

    [Fact]
    public async Task The_last_active_owner_stays_one()
    {
        var workspace = await TestWorkspace.CreateAsync(server, agents: 1);
        var second = await server.TakeInAsync(workspace.Owner, "owner");
        await server.ChangeAsync(workspace.Owner, second.Id, new { is_active = false });

        var answer = await server.ChangeAsync(workspace.Owner, workspace.Owner.Id, new { role = "admin" });

        await answer.ProblemAsync(HttpStatusCode.Conflict, "last_owner");
        Assert.Equal("owner", (await server.ShowAsync(workspace.Owner, workspace.Owner.Id)).Text("role"));
        await server.ChangeAsync(workspace.Owner, second.Id, new { is_active = true });
        Assert.Equal(HttpStatusCode.OK, (await server.ChangeAsync(workspace.Owner, workspace.Owner.Id, new { role = "admin" })).StatusCode);
    }

    [Theory]
    [InlineData("demote")]
    [InlineData("deactivate")]
    [InlineData("remove")]
    [InlineData("step down")]
    public async Task Owners_who_act_on_each_other_at_once_leave_one(string how)
    {
        for (var round = 0; round < 5; round++)
        {
            var workspace = await TestWorkspace.CreateAsync(server, agents: 1);
            TestAgent[] owners = [workspace.Owner, await server.TakeInAsync(workspace.Owner, "owner"), await server.TakeInAsync(workspace.Owner, "owner")];

            var answers = await Task.WhenAll(owners.Select((owner, n) => ActAsync(how, owner, owners[(n + 1) % owners.Length])));

            Assert.Contains(answers, a => a.IsSuccessStatusCode);
            Assert.All(answers, a => Assert.True(
                a.IsSuccessStatusCode || a.StatusCode is HttpStatusCode.Forbidden or HttpStatusCode.Conflict or HttpStatusCode.Unauthorized, $"{a.StatusCode}"));
            Assert.InRange(await CountOwnersAsync(workspace.Id), 1, 2);
        }
    }

    private Task<HttpResponseMessage> ActAsync(string how, TestAgent by, TestAgent on) => how switch
    {
        "demote" => server.ChangeAsync(by, on.Id, new { role = "agent" }),
        "deactivate" => server.ChangeAsync(by, on.Id, new { is_active = false }),
        "step down" => server.ChangeAsync(by, by.Id, new { role = "admin" }),
        _ => server.RemoveAsync(by, on.Id),
    };

    private async Task<int> CountOwnersAsync(long workspace)
    {
        await using var scope = server.Provider.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<IFikoDb>();
        return await db.Agents.CountAsync(a => a.WorkspaceId == workspace && a.Role == Role.Owner && a.IsActive && a.RemovedAt == null);
    }
}
