using System.Net;
using System.Net.Http.Headers;
using Fiko.FunctionalTests.Hosting;

namespace Fiko.FunctionalTests.Protocol;

public sealed class LoggingIn(FikoServer server) : IClassFixture<FikoServer>
{
    [Fact]
    public async Task The_right_password_gets_a_pair_of_tokens_and_the_user()
    {
        var agent = (await TestWorkspace.CreateAsync(server, agents: 1)).Owner;

        var answer = await server.LogInFullyAsync(agent.Email.ToUpperInvariant());

        Assert.Equal("access_token refresh_token token_type expires_in user", answer.Names());
        Assert.Equal("Bearer", answer.Text("token_type"));
        Assert.Equal(1800, answer.Number("expires_in"));
        Assert.Equal($$"""{"id":{{agent.Id}},"email":"{{agent.Email}}","first_name":"Agent","last_name":"0","role":"owner"}""", answer.At("user").GetRawText());
    }

    [Fact]
    public async Task A_wrong_user_and_a_wrong_password_get_the_same_401()
    {
        var agent = (await TestWorkspace.CreateAsync(server, agents: 1)).Owner;

        var wrongPassword = await PostAsync("login", new { email = agent.Email, password = "wrong" });
        var wrongUser = await PostAsync("login", new { email = $"x{agent.Email}", password = "wrong" });

        var (first, second) = (await wrongPassword.ProblemAsync(HttpStatusCode.Unauthorized, "auth_failed"), await wrongUser.ProblemAsync(HttpStatusCode.Unauthorized, "auth_failed"));
        Assert.Equal(first.Text("title"), second.Text("title"));
        Assert.Equal(first.Names(), second.Names());
    }

    [Fact]
    public async Task After_5_failures_even_the_right_password_waits_as_long_as_retry_after_says()
    {
        var agent = (await TestWorkspace.CreateAsync(server, agents: 1)).Owner;
        for (var failure = 0; failure < 5; failure++)
        {
            Assert.Equal(HttpStatusCode.Unauthorized, (await PostAsync("login", new { email = agent.Email, password = "wrong" })).StatusCode);
        }

        var blocked = await PostAsync("login", new { email = agent.Email, password = TestWorkspace.Password });

        await blocked.ProblemAsync(HttpStatusCode.TooManyRequests, "rate_limited");
        Assert.InRange(blocked.Headers.RetryAfter!.Delta!.Value.TotalSeconds, 1, 300);
    }

    [Theory]
    [InlineData("{}", "invalid_field", "email")]
    [InlineData("""{"email":"a@b.c"}""", "invalid_field", "password")]
    [InlineData("""{"email":5,"password":"x"}""", "invalid_field", "email")]
    [InlineData("{", "invalid_json", null)]
    public async Task A_bad_body_gets_a_problem(string body, string code, string? field)
    {
        using var content = new StringContent(body, new MediaTypeHeaderValue("application/json"));

        var answer = await server.CallAsync(HttpMethod.Post, "/api/v1/auth/login", content);

        var problem = await answer.ProblemAsync(HttpStatusCode.BadRequest, code);
        Assert.True(field is null || problem.At("errors").TryGetProperty(field, out _));
    }

    [Fact]
    public async Task A_refresh_rotates_the_token()
    {
        var agent = (await TestWorkspace.CreateAsync(server, agents: 1)).Owner;
        var first = await server.LogInFullyAsync(agent.Email);

        var answer = await PostAsync("refresh", new { refresh_token = first.Text("refresh_token") });

        var second = await answer.JsonAsync();
        Assert.Equal(first.Names(), second.Names());
        Assert.NotEqual(first.Text("refresh_token"), second.Text("refresh_token"));
        Assert.Equal(HttpStatusCode.OK, (await MeAsync(second.Text("access_token")!)).StatusCode);
    }

    [Fact]
    public async Task A_used_refresh_token_revokes_the_whole_family_and_closes_its_sockets()
    {
        var workspace = await TestWorkspace.CreateAsync(server, agents: 1);
        var first = await server.LogInFullyAsync(workspace.Owner.Email);
        var second = await (await PostAsync("refresh", new { refresh_token = first.Text("refresh_token") })).JsonAsync();
        await using var list = await FikoSocket.OpenAsync(server.Socket($"/ws/conversations/?token={second.Text("access_token")}"));
        await list.DrainAsync();

        var reused = await PostAsync("refresh", new { refresh_token = first.Text("refresh_token") });

        await reused.ProblemAsync(HttpStatusCode.Unauthorized, "invalid_refresh_token");
        await (await PostAsync("refresh", new { refresh_token = second.Text("refresh_token") })).ProblemAsync(HttpStatusCode.Unauthorized, "invalid_refresh_token");
        await (await MeAsync(second.Text("access_token")!)).ProblemAsync(HttpStatusCode.Unauthorized, "auth_required");
        Assert.Equal(1008, await list.ClosedAsync());
    }

    [Fact]
    public async Task Logging_out_closes_the_sessions_sockets_with_1008_and_no_others()
    {
        var workspace = await TestWorkspace.CreateAsync(server, agents: 1);
        var conversation = await workspace.BeginAsync("sara");
        var leaving = (await server.LogInFullyAsync(workspace.Owner.Email)).Text("access_token")!;
        await using var list = await FikoSocket.OpenAsync(server.Socket($"/ws/conversations/?token={leaving}"));
        await using var chat = await FikoSocket.OpenAsync(server.Socket($"/ws/chat/{conversation}/?token={leaving}"));
        await using var elsewhere = await workspace.OpenChatAsync(workspace.Owner, conversation);
        await chat.NextAsync("recent_messages");
        await list.DrainAsync();
        await elsewhere.NextAsync("recent_messages");

        var answer = await PostAsync("logout", new { }, leaving);

        Assert.Equal(HttpStatusCode.NoContent, answer.StatusCode);
        Assert.Equal(1008, await list.ClosedAsync());
        Assert.Equal(1008, await chat.ClosedAsync());
        Assert.Equal("auth_required", chat.Heard[^1].Text("code"));
        await elsewhere.DrainAsync();
        await using var late = await FikoSocket.OpenAsync(server.Socket($"/ws/conversations/?token={leaving}"));
        Assert.Equal(1008, await late.ClosedAsync());
    }

    [Fact]
    public async Task Me_is_the_tokens_user()
    {
        var agent = (await TestWorkspace.CreateAsync(server)).Agents[1];

        var answer = await MeAsync(agent.Token);

        var me = await answer.JsonAsync();
        Assert.Equal("id email first_name last_name role", me.Names());
        Assert.Equal(agent.Id, me.Number("id"));
        Assert.Equal("agent", me.Text("role"));
        await (await server.GetAsync("/api/v1/auth/me")).ProblemAsync(HttpStatusCode.Unauthorized, "auth_required");
    }

    private Task<HttpResponseMessage> PostAsync(string action, object body, string? token = null) => server.PostAsync($"/api/v1/auth/{action}", body, token);

    private Task<HttpResponseMessage> MeAsync(string token) => server.GetAsync("/api/v1/auth/me", token);
}
