using System.Net;
using System.Net.Http.Json;
using Fiko.FunctionalTests.Audit;
using Fiko.FunctionalTests.Hosting;

namespace Fiko.FunctionalTests.Auth;

/// <summary>docs/operations.md, ForwardedHeaders_Enabled: who stands behind a trusted proxy is known by the address that it names.</summary>
public sealed class StandingBehindAProxy(ServerBehindAProxy server) : IClassFixture<ServerBehindAProxy>
{
    private const string Attacker = "203.0.113.7";

    [Fact]
    public async Task The_audit_names_the_address_that_the_proxy_names()
    {
        var workspace = await TestWorkspace.CreateAsync(server);

        await LogInAsync("198.51.100.9", workspace.Owner.Email, TestWorkspace.Password);

        Assert.Equal("198.51.100.9", (await server.DeedAsync(workspace.Owner, "user.logged_in")).Text("ip_address"));
    }

    [Fact]
    public async Task Who_guesses_passwords_keeps_nobody_else_out()
    {
        var workspace = await TestWorkspace.CreateAsync(server);
        var guess = HttpStatusCode.Unauthorized;
        for (var n = 0; guess is HttpStatusCode.Unauthorized && n < 60; n++)
        {
            guess = await LogInAsync(Attacker, $"nobody-{n}@fiko.test", "a guess");
        }

        var other = await LogInAsync("198.51.100.10", workspace.Owner.Email, TestWorkspace.Password);

        Assert.Equal((HttpStatusCode.TooManyRequests, HttpStatusCode.OK), (guess, other));
    }

    private async Task<HttpStatusCode> LogInAsync(string from, string email, string password)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/v1/auth/login") { Content = JsonContent.Create(new { email, password }) };
        request.Headers.Add("X-Forwarded-For", from);
        using var answer = await server.Http.SendAsync(request, TestContext.Current.CancellationToken);
        return answer.StatusCode;
    }
}

public sealed class ServerBehindAProxy : FikoServer
{
    public ServerBehindAProxy() => Settings["ForwardedHeaders_Enabled"] = "true";
}
