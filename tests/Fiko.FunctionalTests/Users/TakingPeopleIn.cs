using System.Net;
using Fiko.FunctionalTests.Audit;
using Fiko.FunctionalTests.Hosting;

namespace Fiko.FunctionalTests.Users;

public sealed class TakingPeopleIn(FikoServer server) : IClassFixture<FikoServer>
{
    [Fact]
    public async Task Who_was_taken_in_logs_in()
    {
        var workspace = await TestWorkspace.CreateAsync(server, agents: 1);
        var email = $"Sara.{Guid.NewGuid():N}@People.Test";

        var answer = await server.PostAsync(
            "/api/v1/users", new { email = $" {email} ", password = "ten letters", first_name = "Sara", last_name = "Ahmadi", role = "admin" }, workspace.Owner.Token);

        Assert.Equal(HttpStatusCode.Created, answer.StatusCode);
        var user = await answer.JsonAsync();
        Assert.Equal($"/api/v1/users/{user.Number("id")}", answer.Headers.Location?.ToString());
        Assert.NotNull(answer.Headers.ETag);
        Assert.Equal(email.ToLowerInvariant(), user.Text("email"));
        Assert.Equal(("Sara", "Ahmadi", "admin"), (user.Text("first_name"), user.Text("last_name"), user.Text("role")));
        Assert.True(user.At("is_active").GetBoolean());
        Assert.NotEmpty(await server.LogInAsync(email, "ten letters"));
        Assert.Equal("admin", (await server.DeedAsync(workspace.Owner, "user.created")).Text("facts.role"));
    }

    [Theory]
    [InlineData("""{"password":"long enough"}""", "email")]
    [InlineData("""{"email":"nobody","password":"long enough"}""", "email")]
    [InlineData("""{"email":"a b@c.d","password":"long enough"}""", "email")]
    [InlineData("""{"email":"a@b.c","password":"nine long"}""", "password")]
    [InlineData("""{"email":"a@b.c"}""", "password")]
    [InlineData("""{"email":"a@b.c","password":"long enough","role":"boss"}""", "role")]
    [InlineData("""{"email":"a@b.c","password":"long enough","first_name":"a\nb"}""", "first_name")]
    [InlineData("""{"email":"a@b.c","password":"long enough","last_name":5}""", "last_name")]
    public async Task A_bad_field_is_named(string body, string field)
    {
        var workspace = await TestWorkspace.CreateAsync(server, agents: 1);
        using var content = new StringContent(body, System.Text.Encoding.UTF8, "application/json");

        var answer = await server.CallAsync(HttpMethod.Post, "/api/v1/users", content, workspace.Owner.Token);

        var problem = await answer.ProblemAsync(HttpStatusCode.BadRequest, "invalid_field");
        Assert.True(problem.At("errors").TryGetProperty(field, out _), problem.GetRawText());
        Assert.Single(await server.ListAsync(workspace.Owner));
    }

    [Fact]
    public async Task An_email_belongs_to_one_user_of_all_workspaces()
    {
        var (workspace, other) = (await TestWorkspace.CreateAsync(server, agents: 1), await TestWorkspace.CreateAsync(server, agents: 1));
        var body = new { email = other.Owner.Email.ToUpperInvariant(), password = "long enough" };

        var answers = await Task.WhenAll(Enumerable.Range(0, 5).Select(_ => server.PostAsync("/api/v1/users", body, workspace.Owner.Token)));

        var problem = await answers[0].ProblemAsync(HttpStatusCode.Conflict, "email_taken");
        Assert.True(problem.At("errors").TryGetProperty("email", out _));
        Assert.Single(await server.ListAsync(workspace.Owner));
    }

    [Fact]
    public async Task Of_ten_who_take_the_same_person_in_at_once_one_does()
    {
        var workspace = await TestWorkspace.CreateAsync(server, agents: 1);
        var body = new { email = $"{Guid.NewGuid():N}@people.test", password = "long enough" };

        var answers = await Task.WhenAll(Enumerable.Range(0, 10).Select(_ => server.PostAsync("/api/v1/users", body, workspace.Owner.Token)));

        Assert.Single(answers, a => a.StatusCode is HttpStatusCode.Created);
        Assert.All(answers.Where(a => a.StatusCode is not HttpStatusCode.Created), a => Assert.Equal(HttpStatusCode.Conflict, a.StatusCode));
    }

    [Fact]
    public async Task Agents_take_nobody_in_and_admins_no_owners()
    {
        var workspace = await TestWorkspace.CreateAsync(server);
        var admin = await server.TakeInAsync(workspace.Owner, "admin");
        var body = new { email = $"{Guid.NewGuid():N}@people.test", password = "long enough", role = "owner" };

        var agents = await server.PostAsync("/api/v1/users", new { body.email, body.password }, workspace.Agents[1].Token);
        var admins = await server.PostAsync("/api/v1/users", body, admin.Token);
        var owners = await server.PostAsync("/api/v1/users", body, workspace.Owner.Token);

        await agents.ProblemAsync(HttpStatusCode.Forbidden, "forbidden");
        await admins.ProblemAsync(HttpStatusCode.Forbidden, "forbidden");
        Assert.Equal(HttpStatusCode.Created, owners.StatusCode);
    }
}
