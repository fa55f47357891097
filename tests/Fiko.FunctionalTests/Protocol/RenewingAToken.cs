using System.Text.Json;
using Fiko.FunctionalTests.Hosting;
using Fiko.FunctionalTests.Users;

namespace Fiko.FunctionalTests.Protocol;

/// <summary>protocol.md, section 1, expiry on a live connection.</summary>
public sealed class RenewingAToken(RenewingAToken.TellingServer server) : IClassFixture<RenewingAToken.TellingServer>
{
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);

    [Fact]
    public async Task A_minute_before_the_end_both_sockets_are_told_once()
    {
        var workspace = await TestWorkspace.CreateAsync(server, agents: 1);
        var conversation = await workspace.BeginAsync("sara");
        var (token, ends) = Token(workspace.Owner, 5 * Minute);
        await using var list = await OpenAsync("conversations/", token);
        await using var chat = await OpenAsync($"chat/{conversation}/", token);
        await list.DrainAsync();
        await chat.DrainAsync();

        server.Clock.Advance((4 * Minute) - (2 * Second));
        IReadOnlyList<JsonElement>[] before = [await list.DrainAsync(), await chat.DrainAsync()];
        server.Clock.Advance(3 * Second);
        JsonElement[] warnings = [await list.NextAsync("token_expiring"), await chat.NextAsync("token_expiring")];
        server.Clock.Advance(30 * Second);
        server.Clock.Advance(10 * Second);
        IReadOnlyList<JsonElement>[] after = [await list.DrainAsync(), await chat.DrainAsync()];

        Assert.All(before, Assert.Empty);
        Assert.All(after, Assert.Empty);
        Assert.All(warnings, w => Assert.Equal(("type expires_at timestamp", ends), (w.Names(), w.At("expires_at").GetDateTimeOffset().ToUnixTimeSeconds())));
    }

    [Fact]
    public async Task A_fresh_token_keeps_both_sockets_open_until_its_own_end()
    {
        var workspace = await TestWorkspace.CreateAsync(server, agents: 1);
        var conversation = await workspace.BeginAsync("sara");
        var (first, _) = Token(workspace.Owner, 5 * Minute);
        var (second, ends) = Token(workspace.Owner, 10 * Minute);
        foreach (var path in new[] { "conversations/", $"chat/{conversation}/" })
        {
            await using var socket = await OpenAsync(path, first);
            await socket.SendAsync(new { type = "authenticate", token = second });

            var answer = await socket.NextAsync("authenticated");

            Assert.Equal("type expires_at timestamp", answer.Names());
            Assert.Equal(ends, answer.At("expires_at").GetDateTimeOffset().ToUnixTimeSeconds());
        }

        await using var list = await OpenAsync("conversations/", first);
        await using var chat = await OpenAsync($"chat/{conversation}/", first);
        await RenewAsync(list, second);
        await RenewAsync(chat, second);
        server.Clock.Advance((5 * Minute) + Second);
        Assert.DoesNotContain(await list.DrainAsync(), f => f.IsA("token_expiring") || f.IsA("error"));
        Assert.DoesNotContain(await chat.DrainAsync(), f => f.IsA("token_expiring") || f.IsA("error"));

        server.Clock.Advance(4 * Minute);
        await list.NextAsync("token_expiring");
        await chat.NextAsync("token_expiring");
        server.Clock.Advance(Minute);

        Assert.Equal((1008, 1008), (await list.ClosedAsync(), await chat.ClosedAsync()));
    }

    [Theory]
    [InlineData("none")]
    [InlineData("a number")]
    [InlineData("not a token")]
    [InlineData("signed by somebody else")]
    [InlineData("expired")]
    [InlineData("of a colleague")]
    [InlineData("of another workspace")]
    [InlineData("a refresh token")]
    [InlineData("of a refresh token's type")]
    [InlineData("a ticket")]
    public async Task Anything_else_ends_the_socket_with_1008(string kind)
    {
        var workspace = await TestWorkspace.CreateAsync(server);
        var strangers = await TestWorkspace.CreateAsync(server, agents: 1);
        await using var list = await OpenAsync("conversations/", Token(workspace.Owner, 5 * Minute).Text);
        var ticket = (await (await server.CallAsync(HttpMethod.Post, "/api/v1/auth/socket-ticket", null, workspace.Owner.Token)).JsonAsync()).Text("ticket")!;
        object? wrong = kind switch
        {
            "a number" => 5,
            "not a token" => "abc.def.ghi",
            "signed by somebody else" => HandmadeToken.Sign(server, new { sub = $"{workspace.Owner.Id}", exp = server.In(Minute) }, new string('k', 40)),
            "expired" => Token(workspace.Owner, -Second).Text,
            "of a colleague" => workspace.Agents[1].Token,
            "of another workspace" => strangers.Owner.Token,
            "a refresh token" => (await server.LogInFullyAsync(workspace.Owner.Email)).Text("refresh_token"),
            "of a refresh token's type" => HandmadeToken.Sign(server, new { sub = $"{workspace.Owner.Id}", exp = server.In(Minute), token_type = "refresh" }),
            "a ticket" => ticket,
            _ => null,
        };

        await list.SendAsync(new { type = "authenticate", token = wrong });

        var error = await list.NextAsync("error");
        Assert.Equal(("auth_required", "Authentication required", "authenticate"), (error.Text("code"), error.Text("error"), error.Text("request_type")));
        Assert.Equal(1008, await list.ClosedAsync());
        Assert.DoesNotContain(server.Log.Lines, line => wrong is string { Length: > 12 } secret && line.Contains(secret, StringComparison.Ordinal));
        await using var byTicket = await FikoSocket.OpenAsync(server.Socket($"/ws/conversations/?ticket={ticket}"));
        await byTicket.DrainAsync();
    }

    [Fact]
    public async Task The_socket_lives_by_the_new_login_and_no_more_by_the_old_one()
    {
        var workspace = await TestWorkspace.CreateAsync(server, agents: 1);
        var (first, second) = (workspace.Owner.Token, await server.LogInAsync(workspace.Owner.Email, TestWorkspace.Password));
        await using var list = await OpenAsync("conversations/", first);
        await RenewAsync(list, second);

        await LogOutAsync(first);
        var afterTheFirst = await list.DrainAsync();
        await LogOutAsync(second);

        Assert.DoesNotContain(afterTheFirst, f => f.IsA("error"));
        Assert.Equal("auth_required", (await list.NextAsync("error")).Text("code"));
        Assert.Equal(1008, await list.ClosedAsync());
    }

    [Theory]
    [InlineData("password", 1008)]
    [InlineData("deactivation", 1008)]
    [InlineData("removal", 1008)]
    [InlineData("role", 1001)]
    public async Task What_ends_a_login_or_changes_its_user_reaches_a_renewed_socket(string what, int closedWith)
    {
        var workspace = await TestWorkspace.CreateAsync(server);
        var agent = workspace.Agents[1];
        await using var list = await OpenAsync("conversations/", agent.Token);
        await RenewAsync(list, await server.LogInAsync(agent.Email, TestWorkspace.Password));

        await (what switch
        {
            "password" => server.PostAsync("/api/v1/auth/password", new { current_password = TestWorkspace.Password, new_password = "another long one" }, agent.Token),
            "deactivation" => server.ChangeAsync(workspace.Owner, agent.Id, new { is_active = false }),
            "removal" => server.RemoveAsync(workspace.Owner, agent.Id),
            _ => server.ChangeAsync(workspace.Owner, agent.Id, new { role = "admin" }),
        });

        Assert.Equal(closedWith, await list.ClosedAsync());
    }

    [Fact]
    public async Task A_logout_at_the_very_moment_of_renewing_ends_it_every_time()
    {
        var workspace = await TestWorkspace.CreateAsync(server, agents: 1);
        for (var round = 0; round < 20; round++)
        {
            var second = await server.LogInAsync(workspace.Owner.Email, TestWorkspace.Password);
            await using var list = await OpenAsync("conversations/", workspace.Owner.Token);
            await list.DrainAsync();

            await Task.WhenAll(LogOutAsync(second), list.SendAsync(new { type = "authenticate", token = second }));

            Assert.Equal(1008, await list.ClosedAsync());
        }
    }

    [Fact]
    public async Task No_log_line_holds_the_token()
    {
        var workspace = await TestWorkspace.CreateAsync(server, agents: 1);
        var second = await server.LogInAsync(workspace.Owner.Email, TestWorkspace.Password);
        await using var list = await OpenAsync("conversations/", workspace.Owner.Token);

        await RenewAsync(list, second);

        Assert.DoesNotContain(server.Log.Lines, line => line.Contains(second[^20..], StringComparison.Ordinal));
    }

    private static async Task RenewAsync(FikoSocket socket, string token)
    {
        await socket.SendAsync(new { type = "authenticate", token });
        await socket.NextAsync("authenticated");
    }

    private Task<HttpResponseMessage> LogOutAsync(string token) => server.CallAsync(HttpMethod.Post, "/api/v1/auth/logout", null, token);

    private Task<FikoSocket> OpenAsync(string path, string token) => FikoSocket.OpenAsync(server.Socket($"/ws/{path}?token={token}"));

    private (string Text, long Ends) Token(TestAgent agent, TimeSpan lifetime)
    {
        var ends = server.In(lifetime);
        return (HandmadeToken.Sign(server, new { sub = $"{agent.Id}", exp = ends }), ends);
    }

    /// <summary>Logs everything, and so would log a token.</summary>
    public sealed class TellingServer : ClockedServer
    {
        public TellingServer() => LogEverything();
    }
}

public sealed class RenewingATokenInDevelopment(LettingATokenExpireInDevelopment.PatientServer server)
    : IClassFixture<LettingATokenExpireInDevelopment.PatientServer>
{
    [Fact]
    public async Task Nobody_is_warned_of_an_end_that_does_not_come_and_whoever_renews_is_answered()
    {
        var workspace = await TestWorkspace.CreateAsync(server, agents: 1);
        await using var list = await workspace.OpenListAsync(workspace.Owner);
        await list.DrainAsync();

        server.Clock.Advance(TimeSpan.FromMinutes(29.5));
        var heard = await list.DrainAsync();
        server.Clock.Advance(TimeSpan.FromHours(1));
        await list.SendAsync(new { type = "authenticate", token = await server.LogInAsync(workspace.Owner.Email, TestWorkspace.Password) });

        await list.NextAsync("authenticated");
        Assert.Empty(heard);
    }
}
