using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Fiko.WebApi.Api;

namespace Fiko.UnitTests.Auth;

public sealed class AuthOverHttp : IAsyncLifetime
{
    private AuthHost _host = null!;

    public async ValueTask InitializeAsync()
    {
        _host = await AuthHost.StartAsync();
        await _host.World.AgentAsync();
    }

    public ValueTask DisposeAsync() => _host.DisposeAsync();

    [Fact]
    public async Task An_agent_logs_in_refreshes_and_logs_out()
    {
        var login = await PostAsync("login", new { email = "sara@fiko.test", password = "right" });
        var tokens = await login.Content.ReadFromJsonAsync<JsonElement>(AuthWorld.Ct);
        var access = tokens.GetProperty("access_token").GetString();

        Assert.Equal(["access_token", "refresh_token", "token_type", "expires_in", "user"], tokens.EnumerateObject().Select(p => p.Name));
        Assert.True(login.Headers.CacheControl!.NoStore);
        Assert.Equal(
            """{"id":1,"email":"sara@fiko.test","first_name":"Sara","last_name":"Karimi","role":"admin"}""",
            await (await _host.GetAsync("/api/v1/auth/me", access)).Content.ReadAsStringAsync(AuthWorld.Ct));

        var refresh = await PostAsync("refresh", new { refresh_token = tokens.GetProperty("refresh_token").GetString() });
        var next = (await refresh.Content.ReadFromJsonAsync<JsonElement>(AuthWorld.Ct)).GetProperty("access_token").GetString();
        var logout = await PostAsync("logout", null, next);

        Assert.Equal(HttpStatusCode.NoContent, logout.StatusCode);
        Assert.Equal(HttpStatusCode.Unauthorized, (await _host.GetAsync("/api/v1/auth/me", next)).StatusCode);
        Assert.Equal(HttpStatusCode.Unauthorized, (await _host.GetAsync("/api/v1/auth/me", access)).StatusCode);
        Assert.Equal([1], _host.World.Ended.Ids);
    }

    [Theory]
    [InlineData("192.0.2.7", "192.0.2.7")]
    [InlineData("::ffff:192.0.2.7", "192.0.2.7")]
    [InlineData("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64")]
    [InlineData(null, null)]
    public void An_IPv6_client_is_counted_by_its_network(string? remote, string? counted) =>
        Assert.Equal(counted, AuthApi.AddressOf(remote is null ? null : IPAddress.Parse(remote)));

    private Task<HttpResponseMessage> PostAsync(string path, object? body, string? token = null)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, $"/api/v1/auth/{path}") { Content = body is null ? null : JsonContent.Create(body) };
        request.Headers.TryAddWithoutValidation("Authorization", token is null ? [] : [$"Bearer {token}"]);
        return _host.Http.SendAsync(request, AuthWorld.Ct);
    }
}
