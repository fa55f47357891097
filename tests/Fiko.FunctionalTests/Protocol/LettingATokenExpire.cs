using Fiko.FunctionalTests.Hosting;

namespace Fiko.FunctionalTests.Protocol;

public sealed class LettingATokenExpire(ClockedServer server) : IClassFixture<ClockedServer>
{
    private static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(30);

    [Theory]
    [InlineData("", "برای ادامه باید وارد شوید")]
    [InlineData("&lang=en", "Authentication required")]
    public async Task Both_sockets_are_told_and_closed_with_1008_within_5_s(string query, string message)
    {
        var workspace = await TestWorkspace.CreateAsync(server, agents: 1);
        var conversation = await workspace.BeginAsync("sara");
        await using var list = await workspace.OpenListAsync(workspace.Owner, query);
        await using var chat = await workspace.OpenChatAsync(workspace.Owner, conversation, query);
        await chat.NextAsync("recent_messages");

        server.Clock.Advance(Lifetime - TimeSpan.FromSeconds(2));
        await list.DrainAsync();
        await chat.DrainAsync();
        server.Clock.Advance(TimeSpan.FromSeconds(2 + 5));

        foreach (var socket in new[] { list, chat })
        {
            Assert.Equal(1008, await socket.ClosedAsync());
            var error = Assert.Single(socket.Heard, f => f.IsA("error"));
            Assert.Equal("Authentication required", error.Text("error"));
            Assert.Equal(message, error.Text("message"));
            Assert.Equal("auth_required", error.Text("code"));
        }
    }

    [Fact]
    public async Task A_token_that_lasts_longer_keeps_its_socket()
    {
        var workspace = await TestWorkspace.CreateAsync(server, agents: 1);
        var token = HandmadeToken.Sign(server, new { sub = $"{workspace.Owner.Id}", exp = server.In(2 * Lifetime) });
        await using var longer = await FikoSocket.OpenAsync(server.Socket($"/ws/conversations/?token={token}"));
        await using var shorter = await workspace.OpenListAsync(workspace.Owner);
        await shorter.DrainAsync();

        server.Clock.Advance(Lifetime + TimeSpan.FromSeconds(5));

        Assert.Equal(1008, await shorter.ClosedAsync());
        Assert.Empty(await longer.DrainAsync());
    }

    [Fact]
    public async Task A_new_connection_with_it_is_refused()
    {
        var workspace = await TestWorkspace.CreateAsync(server, agents: 1);

        server.Clock.Advance(Lifetime);
        await using var late = await workspace.OpenListAsync(workspace.Owner);

        Assert.Equal(1008, await late.ClosedAsync());
    }
}

public sealed class LettingATokenExpireInDevelopment(LettingATokenExpireInDevelopment.PatientServer server)
    : IClassFixture<LettingATokenExpireInDevelopment.PatientServer>
{
    [Fact]
    public async Task A_live_socket_stays_open()
    {
        var workspace = await TestWorkspace.CreateAsync(server, agents: 1);
        await using var list = await workspace.OpenListAsync(workspace.Owner);
        await list.DrainAsync();

        server.Clock.Advance(TimeSpan.FromHours(1));

        Assert.Empty(await list.DrainAsync());
    }

    public sealed class PatientServer : ClockedServer
    {
        public PatientServer() => Settings.Remove("Jwt:EnforceExpiry");
    }
}
