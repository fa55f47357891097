using System.Collections.Concurrent;
using System.Net;
using System.Text.Json;
using Fiko.Application.Shared;
using Fiko.FunctionalTests.Hosting;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Fiko.FunctionalTests.Conversations;

/// <summary>A server that logs as one in production does.</summary>
public sealed class QuietServer : FikoServer
{
    public QuietServer()
    {
        Settings["Logging:LogLevel:Default"] = "Warning";
        Settings["Logging:LogLevel:Microsoft.AspNetCore"] = "Warning";
        Settings["Logging:LogLevel:Microsoft.EntityFrameworkCore"] = "Warning";
    }
}

public sealed class ClaimingAtOnce(QuietServer server) : IClassFixture<QuietServer>
{
    private const int Agents = 50;
    private const int Conversations = 200;

    [Fact]
    public async Task Of_fifty_who_claim_each_of_two_hundred_exactly_one_wins_and_all_losers_know_who()
    {
        var workspace = await TestWorkspace.CreateAsync(server, Agents);
        await Parallel.ForAsync(0, Conversations, async (n, _) => Assert.Equal(HttpStatusCode.Accepted, await workspace.WriteAsync($"customer-{n}", "Hello")));
        var page = await server.DoAsync(workspace.Owner, HttpMethod.Get, "conversations?limit=500");
        var ids = page.At("items").EnumerateArray().Select(c => c.Text("id")!).ToArray();
        Assert.Equal(Conversations, ids.Length);

        // On every tenth conversation one more agent claims over a socket.
        var sockets = new List<(string Id, TestAgent Agent, FikoSocket Socket)>();
        foreach (var (n, id) in ids.Index().Where(i => i.Index % 10 == 0))
        {
            var socket = await workspace.OpenChatAsync(workspace.Agents[n % Agents], id);
            await socket.DrainAsync();
            sockets.Add((id, workspace.Agents[n % Agents], socket));
        }

        var outcomes = new ConcurrentBag<Outcome>();
        var began = TimeProvider.System.GetTimestamp();
        await Task.WhenAll(
            [
                .. workspace.Agents.Select(agent => Task.Run(() => ClaimAllAsync(agent, ids, outcomes))),
                .. sockets.Select(s => Task.Run(() => ClaimOverSocketAsync(s.Id, s.Agent, s.Socket, outcomes))),
            ]);
        var took = TimeProvider.System.GetElapsedTime(began);

        var owners = (await server.DoAsync(workspace.Owner, HttpMethod.Get, "conversations?limit=500")).At("items").EnumerateArray()
            .ToDictionary(c => c.Text("id")!, c => c.Number("assigned_to"));
        foreach (var claims in outcomes.GroupBy(o => o.Conversation))
        {
            var winner = Assert.Single(claims.Where(c => c.Won).Select(c => c.Agent).Distinct());
            Assert.Equal(owners[claims.Key], winner);
            Assert.All(claims.Where(c => !c.Won), c => Assert.Equal(winner, c.ToldOwner));
            Assert.Equal(Agents, claims.Select(c => c.Agent).Distinct().Count());
        }

        Assert.Equal(Conversations, outcomes.Select(o => o.Conversation).Distinct().Count());
        Assert.Equal(Conversations, await AssignmentsInTheLogAsync(workspace));
        TestContext.Current.TestOutputHelper?.WriteLine($"{outcomes.Count} claims of {Conversations} conversations by {Agents} agents in {took.TotalSeconds:0.0} s");
        foreach (var (_, _, socket) in sockets)
        {
            await socket.DisposeAsync();
        }
    }

    private async Task ClaimAllAsync(TestAgent agent, string[] ids, ConcurrentBag<Outcome> outcomes)
    {
        foreach (var id in ids)
        {
            var answer = await server.AskAsync(agent, HttpMethod.Post, $"conversations/{id}/claim");
            outcomes.Add(answer.Status switch
            {
                HttpStatusCode.OK => new Outcome(id, agent.Id, true, answer.Json.Number("assigned_to")),
                HttpStatusCode.Conflict => new Outcome(id, agent.Id, false, answer.Json.Number("assigned_to.user_id")),
                _ => throw new InvalidOperationException(answer.Text),
            });
        }
    }

    private static async Task ClaimOverSocketAsync(string id, TestAgent agent, FikoSocket socket, ConcurrentBag<Outcome> outcomes)
    {
        await socket.SendAsync(new { type = "claim" });
        JsonElement told;
        do
        {
            told = await socket.NextAsync(f => f.IsA("error") || f.IsA("conversation_updated"), "who has it");
            outcomes.Add(told.IsA("error")
                ? new Outcome(id, agent.Id, false, told.Number("assigned_to.user_id"))
                : new Outcome(id, agent.Id, told.Number("conversation.assigned_to") == agent.Id, told.Number("conversation.assigned_to")));
        }
        while (!told.IsA("error") && told.Number("conversation.assigned_to") != agent.Id);
    }

    private async Task<int> AssignmentsInTheLogAsync(TestWorkspace workspace)
    {
        await using var scope = server.Provider.CreateAsyncScope();
        return await scope.ServiceProvider.GetRequiredService<IFikoDb>().Events.CountAsync(e => e.WorkspaceId == workspace.Id && e.Name == "conversation_assigned");
    }

    private sealed record Outcome(string Conversation, long Agent, bool Won, long ToldOwner);
}
