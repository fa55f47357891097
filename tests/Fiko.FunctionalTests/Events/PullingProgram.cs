using System.Net;
using System.Text.Json;
using Fiko.Application.Shared;
using Fiko.Domain.Agents;
using Fiko.FunctionalTests.Hosting;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Fiko.FunctionalTests.Events;

/// <summary>A program that reads a workspace's events over REST.</summary>
internal static class PullingProgram
{
    public static Task<HttpResponseMessage> AskAsync(this FikoServer server, TestAgent agent, string query = "") => server.GetAsync($"/api/v1/events?{query}", agent.Token);

    public static async Task<JsonElement> PullAsync(this FikoServer server, TestAgent agent, string query = "")
    {
        using var answer = await server.AskAsync(agent, query);
        Assert.True(answer.StatusCode is HttpStatusCode.OK, await answer.Content.ReadAsStringAsync());
        return await answer.JsonAsync();
    }

    public static JsonElement[] Items(this JsonElement page) => [.. page.At("items").EnumerateArray()];

    public static IEnumerable<string?> Types(this JsonElement page) => page.Items().Select(i => i.Text("type"));

    public static string Next(this JsonElement page) => $"after={page.Text("next_cursor")}";

    /// <summary>The second agent becomes an admin: programs log in as one.</summary>
    public static async Task<TestAgent> PromoteAsync(this FikoServer server, TestAgent agent)
    {
        await using var scope = server.Provider.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<IFikoDb>();
        await scope.ServiceProvider.GetRequiredService<IUnitOfWork>().CommitAsync(
            () => db.Agents.Where(a => a.Id == agent.Id).ExecuteUpdateAsync(set => set.SetProperty(a => a.Role, Role.Admin)), CancellationToken.None);
        return agent with { Token = await server.LogInAsync(agent.Email, TestWorkspace.Password) };
    }
}
