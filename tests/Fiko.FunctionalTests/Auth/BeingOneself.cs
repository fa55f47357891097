using System.Net;
using System.Net.Http.Json;
using Fiko.FunctionalTests.Audit;
using Fiko.FunctionalTests.Hosting;
using Fiko.FunctionalTests.Users;

namespace Fiko.FunctionalTests.Auth;

public sealed class BeingOneself(FikoServer server) : IClassFixture<FikoServer>
{
    private const string Better = "a better password";

    [Fact]
    public async Task Everybody_changes_what_they_are_called()
    {
        var workspace = await TestWorkspace.CreateAsync(server);
        var agent = workspace.Agents[1];
        await using var list = await workspace.OpenListAsync(agent);
        await list.DrainAsync();
        var before = await server.GetAsync("/api/v1/auth/me", agent.Token);

        var answer = await server.PatchAsync("/api/v1/auth/me", new { first_name = " Sara ", last_name = (string?)null }, agent.Token, before.Headers.ETag!.Tag);

        var me = await answer.JsonAsync();
        Assert.Equal(("Sara", "", "agent", agent.Email), (me.Text("first_name"), me.Text("last_name"), me.Text("role"), me.Text("email")));
        Assert.NotEqual(before.Headers.ETag, answer.Headers.ETag);
        Assert.Equal(1001, await list.ClosedAsync());
        Assert.Equal($"user_{agent.Id}", (await server.DeedAsync(workspace.Owner, "user.changed")).Text("target"));
        var late = await server.PatchAsync("/api/v1/auth/me", new { first_name = "Late" }, agent.Token, before.Headers.ETag.Tag);
        await late.ProblemAsync(HttpStatusCode.PreconditionFailed, "precondition_failed");
        var bad = await server.PatchAsync("/api/v1/auth/me", new { first_name = new string('x', 101) }, agent.Token);
        Assert.True((await bad.ProblemAsync(HttpStatusCode.BadRequest, "invalid_field")).At("errors").TryGetProperty("first_name", out _));
        Assert.Equal(HttpStatusCode.Unauthorized, (await server.PatchAsync("/api/v1/auth/me", new { first_name = "X" }, "nobody")).StatusCode);
    }

    [Fact]
    public async Task Nobody_gives_themselves_a_role_or_an_email()
    {
        var workspace = await TestWorkspace.CreateAsync(server);
        var agent = workspace.Agents[1];

        using var request = new HttpRequestMessage(HttpMethod.Patch, "/api/v1/auth/me")
        {
            Content = JsonContent.Create(new { first_name = "Sara", role = "owner", email = "x@y.z" }),
        };
        request.Headers.Authorization = new("Bearer", agent.Token);
        request.Options.Set(RestContract.IsNonsense, true);
        using var answer = await server.Http.SendAsync(request, TestContext.Current.CancellationToken);

        var me = await answer.JsonAsync();
        Assert.Equal(("Sara", "agent", agent.Email), (me.Text("first_name"), me.Text("role"), me.Text("email")));
    }

    [Fact]
    public async Task A_new_password_ends_every_other_login_and_its_sockets()
    {
        var workspace = await TestWorkspace.CreateAsync(server);
        var agent = workspace.Agents[1];
        var other = await server.LogInFullyAsync(agent.Email);
        await using var own = await workspace.OpenListAsync(agent);
        await using var others = await workspace.OpenListAsync(agent with { Token = other.Text("access_token")! });
        await own.DrainAsync();
        await others.DrainAsync();

        var answer = await ChangeAsync(agent, TestWorkspace.Password, Better);

        Assert.Equal(HttpStatusCode.NoContent, answer.StatusCode);
        Assert.Equal(1008, await others.ClosedAsync());
        await own.DrainAsync();
        Assert.Equal(HttpStatusCode.OK, (await server.GetAsync("/api/v1/auth/me", agent.Token)).StatusCode);
        Assert.Equal(HttpStatusCode.Unauthorized, (await server.GetAsync("/api/v1/auth/me", other.Text("access_token"))).StatusCode);
        Assert.Equal(HttpStatusCode.Unauthorized, (await server.PostAsync("/api/v1/auth/refresh", new { refresh_token = other.Text("refresh_token") })).StatusCode);
        Assert.Equal(HttpStatusCode.Unauthorized, (await server.PostAsync("/api/v1/auth/login", new { email = agent.Email, password = TestWorkspace.Password })).StatusCode);
        Assert.NotEmpty(await server.LogInAsync(agent.Email, Better));
        Assert.Equal("""["password"]""", (await server.DeedAsync(workspace.Owner, "user.changed")).At("facts.fields").GetRawText());
    }

    [Fact]
    public async Task A_wrong_current_password_changes_nothing_and_is_limited_as_at_the_login()
    {
        var workspace = await TestWorkspace.CreateAsync(server);
        var agent = workspace.Agents[1];

        var problem = await (await ChangeAsync(agent, "wrong", Better)).ProblemAsync(HttpStatusCode.BadRequest, "wrong_password");
        for (var failure = 1; failure < 5; failure++)
        {
            await ChangeAsync(agent, "wrong", Better);
        }

        var blocked = await ChangeAsync(agent, TestWorkspace.Password, Better);
        await blocked.ProblemAsync(HttpStatusCode.TooManyRequests, "rate_limited");
        Assert.InRange(blocked.Headers.RetryAfter!.Delta!.Value.TotalSeconds, 1, 300);
        Assert.True(problem.At("errors").TryGetProperty("current_password", out _));
        Assert.Equal(agent.Id, (await server.DeedAsync(workspace.Owner, "user.login_refused")).Number("user_id"));
        Assert.Empty(await server.AuditAsync(workspace.Owner, "action=user.changed"));
    }

    [Theory]
    [InlineData("", Better, "current_password")]
    [InlineData(null, Better, "current_password")]
    [InlineData(TestWorkspace.Password, "short", "new_password")]
    [InlineData(TestWorkspace.Password, null, "new_password")]
    public async Task A_bad_field_is_named(string? current, string? next, string field)
    {
        var workspace = await TestWorkspace.CreateAsync(server, agents: 1);

        var answer = await ChangeAsync(workspace.Owner, current, next);

        Assert.True((await answer.ProblemAsync(HttpStatusCode.BadRequest, "invalid_field")).At("errors").TryGetProperty(field, out _));
        Assert.NotEmpty(await server.LogInAsync(workspace.Owner.Email, TestWorkspace.Password));
    }

    [Fact]
    public async Task Of_two_new_passwords_at_once_one_is_taken()
    {
        var workspace = await TestWorkspace.CreateAsync(server, agents: 1);

        var answers = await Task.WhenAll(ChangeAsync(workspace.Owner, TestWorkspace.Password, Better), ChangeAsync(workspace.Owner, TestWorkspace.Password, "and another one"));

        Assert.Single(answers, a => a.StatusCode is HttpStatusCode.NoContent);
        await answers.Single(a => a.StatusCode is not HttpStatusCode.NoContent).ProblemAsync(HttpStatusCode.BadRequest, "wrong_password");
    }

    private Task<HttpResponseMessage> ChangeAsync(TestAgent agent, string? current, string? next) =>
        server.PostAsync("/api/v1/auth/password", new { current_password = current, new_password = next }, agent.Token);
}
