using System.Net;
using Fiko.Application.Shared;
using Fiko.Domain.Channels;
using Fiko.Domain.Conversations;
using Fiko.Domain.Customers;
using Fiko.FunctionalTests.Conversations;
using Fiko.FunctionalTests.Hosting;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Fiko.FunctionalTests.Users;

public sealed class GivingConversationsBack(FikoServer server) : IClassFixture<FikoServer>
{
    [Fact]
    public async Task What_was_open_of_who_is_removed_is_nobodys_and_everybody_hears_it()
    {
        var workspace = await TestWorkspace.CreateAsync(server, agents: 3);
        var (leaving, staying) = (workspace.Agents[1], workspace.Agents[2]);
        var (open, closed, others) = (await workspace.BeginAsync("open"), await workspace.BeginAsync("closed"), await workspace.BeginAsync("others"));
        await server.DoAsync(leaving, HttpMethod.Post, $"conversations/{open}/claim");
        await server.DoAsync(leaving, HttpMethod.Post, $"conversations/{closed}/claim");
        await server.PatchAsync(leaving, closed, new { status = "closed" });
        await server.DoAsync(staying, HttpMethod.Post, $"conversations/{others}/claim");
        await using var list = await workspace.OpenListAsync(staying);
        await using var chat = await workspace.OpenChatAsync(staying, open);
        await list.DrainAsync();
        await chat.DrainAsync();

        var answer = await server.RemoveAsync(workspace.Owner, leaving.Id);

        Assert.Equal(HttpStatusCode.NoContent, answer.StatusCode);
        foreach (var socket in (FikoSocket[])[list, chat])
        {
            var heard = await socket.NextAsync("conversation_updated");
            Assert.Equal((open, "assignment", "null"), (heard.Text("conversation_id"), heard.Text("reason"), heard.At("conversation.assigned_to").GetRawText()));
        }

        Assert.Empty((await list.DrainAsync()).Reasons());
        Assert.Equal(leaving.Id, (await server.ShowAsync(workspace.Owner, closed)).Number("assigned_to"));
        Assert.Equal(staying.Id, (await server.ShowAsync(workspace.Owner, others)).Number("assigned_to"));
        await server.DoAsync(staying, HttpMethod.Post, $"conversations/{open}/claim");
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task What_was_closed_of_who_is_removed_opens_again_as_nobodys(bool byCustomer)
    {
        var workspace = await TestWorkspace.CreateAsync(server);
        var conversation = await workspace.BeginAsync("c1");
        await server.DoAsync(workspace.Agents[1], HttpMethod.Post, $"conversations/{conversation}/claim");
        await server.PatchAsync(workspace.Agents[1], conversation, new { status = "closed" });
        await server.RemoveAsync(workspace.Owner, workspace.Agents[1].Id);
        await using var list = await workspace.OpenListAsync(workspace.Owner);
        await list.DrainAsync();

        if (byCustomer)
        {
            await workspace.WriteAsync("c1", "One more thing");
        }
        else
        {
            await server.PatchAsync(workspace.Owner, conversation, new { status = "active" });
        }

        var heard = await list.NextAsync(f => f.IsA("conversation_updated") && f.Text("reason") == "assignment", "the assignment");
        Assert.Equal("null", heard.At("conversation.assigned_to").GetRawText());
        Assert.Equal("active", (await server.ShowAsync(workspace.Owner, conversation)).Text("status"));
    }

    [Fact]
    public async Task Who_is_deactivated_keeps_them_for_the_day_they_come_back()
    {
        var workspace = await TestWorkspace.CreateAsync(server);
        var conversation = await workspace.BeginAsync("c1");
        await server.DoAsync(workspace.Agents[1], HttpMethod.Post, $"conversations/{conversation}/claim");

        await server.ChangeAsync(workspace.Owner, workspace.Agents[1].Id, new { is_active = false });

        Assert.Equal(workspace.Agents[1].Id, (await server.ShowAsync(workspace.Owner, conversation)).Number("assigned_to"));
    }

    [Theory]
    [InlineData(200)]
    [InlineData(450)]
    public async Task However_many_they_are_none_is_left_with_who_is_gone(int count)
    {
        var workspace = await TestWorkspace.CreateAsync(server);
        var leaving = workspace.Agents[1];
        await AssignManyAsync(workspace, leaving, count);

        var answer = await server.RemoveAsync(workspace.Owner, leaving.Id);

        Assert.Equal(HttpStatusCode.NoContent, answer.StatusCode);
        await using var scope = server.Provider.CreateAsyncScope();
        var all = scope.ServiceProvider.GetRequiredService<IFikoDb>().Conversations.Where(c => c.WorkspaceId == workspace.Id);
        Assert.Equal((count, 0), (await all.CountAsync(TestContext.Current.CancellationToken), await all.CountAsync(c => c.AssignedTo != null, TestContext.Current.CancellationToken)));
    }

    [Fact]
    public async Task Who_may_not_remove_takes_nothing_from_anybody()
    {
        var workspace = await TestWorkspace.CreateAsync(server, agents: 3);
        var foreign = await TestWorkspace.CreateAsync(server);
        var conversation = await workspace.BeginAsync("c1");
        await server.DoAsync(workspace.Agents[1], HttpMethod.Post, $"conversations/{conversation}/claim");

        await (await server.RemoveAsync(workspace.Agents[2], workspace.Agents[1].Id)).ProblemAsync(HttpStatusCode.Forbidden, "forbidden");
        await (await server.RemoveAsync(foreign.Owner, workspace.Agents[1].Id)).ProblemAsync(HttpStatusCode.NotFound, "user_not_found");

        Assert.Equal(workspace.Agents[1].Id, (await server.ShowAsync(workspace.Owner, conversation)).Number("assigned_to"));
    }

    private async Task AssignManyAsync(TestWorkspace workspace, TestAgent agent, int count)
    {
        await using var scope = server.Provider.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<IFikoDb>();
        await scope.ServiceProvider.GetRequiredService<IUnitOfWork>().CommitAsync(
            async () =>
            {
                var channel = await db.Channels.SingleAsync(c => c.Id == workspace.ChannelId);
                var now = TimeProvider.System.Now();
                foreach (var n in Enumerable.Range(0, count))
                {
                    var conversation = new Conversation(channel, new Customer(workspace.Id, ChannelName.Api, new CustomerProfile("Crowd", $"{n}"), now), $"crowd-{n}", now);
                    db.Conversations.Add(conversation);
                    conversation.TryClaim(agent.Id);
                }

                return await db.SaveChangesAsync(CancellationToken.None);
            },
            CancellationToken.None);
    }
}
