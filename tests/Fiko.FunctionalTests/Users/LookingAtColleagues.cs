using System.Net;
using Fiko.FunctionalTests.Hosting;

namespace Fiko.FunctionalTests.Users;

public sealed class LookingAtColleagues(FikoServer server) : IClassFixture<FikoServer>
{
    [Fact]
    public async Task Every_agent_sees_the_people_of_the_workspace()
    {
        var workspace = await TestWorkspace.CreateAsync(server, agents: 3);
        var other = await TestWorkspace.CreateAsync(server);

        var seen = await server.ListAsync(workspace.Agents[1]);

        Assert.Equal(workspace.Agents.Select(a => a.Id), seen.Select(u => u.Number("id")));
        Assert.Equal("id email first_name last_name role is_active is_online created_at", seen[0].Names());
        Assert.Equal(["owner", "agent", "agent"], seen.Select(u => u.Text("role")));
        Assert.Equal(HttpStatusCode.NotFound, (await server.GetAsync($"/api/v1/users/{other.Owner.Id}", workspace.Owner.Token)).StatusCode);
        Assert.Equal(HttpStatusCode.Unauthorized, (await server.GetAsync("/api/v1/users")).StatusCode);
    }

    [Fact]
    public async Task Whoever_has_a_socket_open_is_online()
    {
        var workspace = await TestWorkspace.CreateAsync(server);
        await using var list = await workspace.OpenListAsync(workspace.Agents[1]);
        await list.DrainAsync();

        var seen = await server.ListAsync(workspace.Owner);

        Assert.Equal([false, true], seen.Select(u => u.At("is_online").GetBoolean()));
        await list.DisposeAsync();
        await Eventually.SeesAsync(() => server.ShowAsync(workspace.Owner, workspace.Agents[1].Id), u => !u.At("is_online").GetBoolean(), "the agent to be offline");
    }

    [Fact]
    public async Task A_list_is_filtered_searched_sorted_and_paged()
    {
        var workspace = await TestWorkspace.CreateAsync(server, agents: 1);
        var admin = await server.TakeInAsync(workspace.Owner, "admin", $"Zahra{Guid.NewGuid():N}@people.test");
        var agent = await server.TakeInAsync(workspace.Owner);
        await server.ChangeAsync(workspace.Owner, agent.Id, new { is_active = false, last_name = "100%_sure" });

        Assert.Equal([admin.Id], await IdsAsync("role=admin"));
        Assert.Equal([agent.Id], await IdsAsync("is_active=false"));
        Assert.Equal([admin.Id], await IdsAsync("search=ZAHRA"));
        Assert.Equal([agent.Id], await IdsAsync("search=New%20100%25_s"));
        Assert.Empty(await IdsAsync("search=%25nobody"));
        Assert.Equal(workspace.Owner.Id, (await IdsAsync("sort=first_name"))[0]);
        Assert.Equal(workspace.Owner.Id, (await IdsAsync("sort=-first_name"))[2]);
        var page = await (await server.GetAsync("/api/v1/users?limit=2&include_total=true&sort=-created_at", workspace.Owner.Token)).JsonAsync();
        Assert.Equal(3, page.Number("total"));
        var rest = await server.ListAsync(workspace.Owner, $"limit=2&sort=-created_at&cursor={page.Text("next_cursor")}");
        Assert.Equal(workspace.Owner.Id, Assert.Single(rest).Number("id"));

        async Task<long[]> IdsAsync(string query) => [.. (await server.ListAsync(workspace.Owner, query)).Select(u => u.Number("id"))];
    }

    [Theory]
    [InlineData("role=boss", "role")]
    [InlineData("is_active=maybe", "is_active")]
    [InlineData("search=%20", "search")]
    [InlineData("sort=password", "sort")]
    [InlineData("limit=0", "limit")]
    [InlineData("name=x", "name")]
    public async Task A_wrong_filter_is_no_empty_list(string query, string field)
    {
        var workspace = await TestWorkspace.CreateAsync(server, agents: 1);

        var answer = await server.GetAsync($"/api/v1/users?{query}", workspace.Owner.Token);

        var problem = await answer.ProblemAsync(HttpStatusCode.BadRequest, "invalid_field");
        Assert.True(problem.At("errors").TryGetProperty(field, out _), problem.GetRawText());
    }
}
