using System.Net;
using Fiko.FunctionalTests.Audit;
using Fiko.FunctionalTests.Hosting;

namespace Fiko.FunctionalTests.Users;

public sealed class ChangingPeople(FikoServer server) : IClassFixture<FikoServer>
{
    [Fact]
    public async Task What_is_left_out_stays_and_the_version_rises()
    {
        var workspace = await TestWorkspace.CreateAsync(server);
        var agent = workspace.Agents[1];
        var before = await server.GetAsync($"/api/v1/users/{agent.Id}", workspace.Owner.Token);

        var answer = await server.ChangeAsync(workspace.Owner, agent.Id, new { first_name = "Reza" }, before.Headers.ETag!.Tag);

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        var user = await answer.JsonAsync();
        Assert.Equal(("Reza", "1", agent.Email, "agent"), (user.Text("first_name"), user.Text("last_name"), user.Text("email"), user.Text("role")));
        Assert.NotEqual(before.Headers.ETag, answer.Headers.ETag);
        Assert.Equal("""["first_name"]""", (await server.DeedAsync(workspace.Owner, "user.changed")).At("facts.fields").GetRawText());
    }

    [Fact]
    public async Task Who_saw_an_older_version_changes_nothing()
    {
        var workspace = await TestWorkspace.CreateAsync(server);
        var agent = workspace.Agents[1];
        var seen = (await server.GetAsync($"/api/v1/users/{agent.Id}", workspace.Owner.Token)).Headers.ETag!.Tag;

        var answers = await Task.WhenAll(Enumerable.Range(0, 8).Select(n => server.ChangeAsync(workspace.Owner, agent.Id, new { first_name = $"N{n}" }, seen)));

        var winner = Assert.Single(answers, a => a.StatusCode is HttpStatusCode.OK);
        foreach (var late in answers.Where(a => a != winner))
        {
            await late.ProblemAsync(HttpStatusCode.PreconditionFailed, "precondition_failed");
        }

        Assert.Equal((await winner.JsonAsync()).Text("first_name"), (await server.ShowAsync(workspace.Owner, agent.Id)).Text("first_name"));
        var removal = await server.CallAsync(HttpMethod.Delete, $"/api/v1/users/{agent.Id}", null, workspace.Owner.Token, ("If-Match", seen));
        await removal.ProblemAsync(HttpStatusCode.PreconditionFailed, "precondition_failed");
    }

    [Fact]
    public async Task Nothing_new_is_no_change()
    {
        var workspace = await TestWorkspace.CreateAsync(server);
        var agent = workspace.Agents[1];
        var before = await server.GetAsync($"/api/v1/users/{agent.Id}", workspace.Owner.Token);

        var answer = await server.ChangeAsync(workspace.Owner, agent.Id, new { first_name = "Agent", role = "agent", is_active = true });

        Assert.Equal(before.Headers.ETag, answer.Headers.ETag);
        Assert.Empty(await server.AuditAsync(workspace.Owner, "action=user.changed"));
    }

    [Theory]
    [InlineData("email", "")]
    [InlineData("email", null)]
    [InlineData("role", null)]
    [InlineData("role", "boss")]
    [InlineData("is_active", null)]
    [InlineData("is_active", "yes")]
    [InlineData("password", "short")]
    [InlineData("first_name", "a\u0007b")]
    public async Task A_bad_field_is_named(string field, string? value)
    {
        var workspace = await TestWorkspace.CreateAsync(server);
        var before = (await server.ShowAsync(workspace.Owner, workspace.Agents[1].Id)).GetRawText();

        var answer = await server.ChangeAsync(workspace.Owner, workspace.Agents[1].Id, new Dictionary<string, string?> { [field] = value });

        var problem = await answer.ProblemAsync(HttpStatusCode.BadRequest, "invalid_field");
        Assert.True(problem.At("errors").TryGetProperty(field, out _), problem.GetRawText());
        Assert.Equal(before, (await server.ShowAsync(workspace.Owner, workspace.Agents[1].Id)).GetRawText());
    }

    [Fact]
    public async Task Another_workspaces_people_are_not_there()
    {
        var (workspace, other) = (await TestWorkspace.CreateAsync(server), await TestWorkspace.CreateAsync(server));
        var victim = other.Agents[1];
        var before = (await server.ShowAsync(other.Owner, victim.Id)).GetRawText();

        var changed = await server.ChangeAsync(workspace.Owner, victim.Id, new { is_active = false });
        var removed = await server.RemoveAsync(workspace.Owner, victim.Id);

        await changed.ProblemAsync(HttpStatusCode.NotFound, "user_not_found");
        await removed.ProblemAsync(HttpStatusCode.NotFound, "user_not_found");
        Assert.Equal(before, (await server.ShowAsync(other.Owner, victim.Id)).GetRawText());
        Assert.NotEmpty(await server.LogInAsync(victim.Email, TestWorkspace.Password));
    }

    [Fact]
    public async Task Agents_change_nobody_and_admins_no_owners()
    {
        var workspace = await TestWorkspace.CreateAsync(server, agents: 3);
        var admin = await server.TakeInAsync(workspace.Owner, "admin");

        HttpResponseMessage[] refused =
        [
            await server.ChangeAsync(workspace.Agents[1], workspace.Agents[2].Id, new { first_name = "X" }),
            await server.RemoveAsync(workspace.Agents[1], workspace.Agents[2].Id),
            await server.ChangeAsync(admin, workspace.Owner.Id, new { first_name = "X" }),
            await server.ChangeAsync(admin, workspace.Agents[1].Id, new { role = "owner" }),
            await server.ChangeAsync(admin, admin.Id, new { role = "owner" }),
            await server.RemoveAsync(admin, workspace.Owner.Id),
        ];

        Assert.All(refused, answer => Assert.Equal(HttpStatusCode.Forbidden, answer.StatusCode));
        Assert.Equal(["owner", "agent", "agent", "admin"], (await server.ListAsync(workspace.Owner)).Select(u => u.Text("role")));
        Assert.Equal(HttpStatusCode.OK, (await server.ChangeAsync(admin, workspace.Agents[1].Id, new { role = "admin" })).StatusCode);
    }

    [Fact]
    public async Task A_new_role_counts_at_once_and_sockets_come_back_with_it()
    {
        var workspace = await TestWorkspace.CreateAsync(server);
        var agent = workspace.Agents[1];
        await using var list = await workspace.OpenListAsync(agent);
        await list.DrainAsync();
        Assert.Equal(HttpStatusCode.Forbidden, (await server.GetAsync("/api/v1/channels", agent.Token)).StatusCode);

        await server.ChangeAsync(workspace.Owner, agent.Id, new { role = "admin" });

        Assert.Equal(1001, await list.ClosedAsync());
        Assert.Equal(HttpStatusCode.OK, (await server.GetAsync("/api/v1/channels", agent.Token)).StatusCode);
        await using var again = await workspace.OpenListAsync(agent);
        await again.DrainAsync();
    }

    [Fact]
    public async Task A_password_that_an_administrator_gives_ends_the_users_logins()
    {
        var workspace = await TestWorkspace.CreateAsync(server);
        var agent = workspace.Agents[1];
        await using var list = await workspace.OpenListAsync(agent);
        await list.DrainAsync();

        await server.ChangeAsync(workspace.Owner, agent.Id, new { password = "another password" });

        Assert.Equal(1008, await list.ClosedAsync());
        Assert.Equal(HttpStatusCode.Unauthorized, (await server.GetAsync("/api/v1/auth/me", agent.Token)).StatusCode);
        Assert.NotEmpty(await server.LogInAsync(agent.Email, "another password"));
        Assert.DoesNotContain("another password", (await server.DeedAsync(workspace.Owner, "user.changed")).GetRawText(), StringComparison.Ordinal);
    }
}
