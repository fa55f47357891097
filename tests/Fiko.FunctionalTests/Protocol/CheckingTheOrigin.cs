using System.Net;
using Fiko.FunctionalTests.Hosting;

namespace Fiko.FunctionalTests.Protocol;

public sealed class CheckingTheOrigin(CheckingTheOrigin.ChoosyServer server) : IClassFixture<CheckingTheOrigin.ChoosyServer>
{
    [Fact]
    public async Task An_allowed_origin_gets_in() => await AssertGetsInAsync("https://inbox.example");

    [Fact]
    public async Task The_servers_own_host_gets_in() => await AssertGetsInAsync($"http://127.0.0.1:{server.Address.Port}");

    [Fact]
    public async Task A_program_sends_no_origin_and_gets_in() => await AssertGetsInAsync(null);

    [Theory]
    [InlineData("/ws/conversations/", "https://evil.example")]
    [InlineData("/ws/chat/conv_1/", "https://evil.example")]
    [InlineData("/ws/conversations/", "https://inbox.example.evil.example")]
    [InlineData("/ws/conversations/", "http://inbox.example")]
    [InlineData("/ws/conversations/", "https://inbox.example:8443")]
    [InlineData("/ws/conversations/", "http://127.0.0.1:1")]
    [InlineData("/ws/conversations/", "null")]
    public async Task Any_other_origin_gets_403_before_the_upgrade(string path, string origin)
    {
        var workspace = await TestWorkspace.CreateAsync(server, agents: 1);
        (string, string)[] handshake =
        [
            ("Connection", "Upgrade"), ("Upgrade", "websocket"), ("Sec-WebSocket-Version", "13"),
            ("Sec-WebSocket-Key", Convert.ToBase64String(new byte[16])), ("Origin", origin),
        ];

        var answer = await server.CallAsync(HttpMethod.Get, path, body: null, workspace.Owner.Token, handshake);

        await answer.ProblemAsync(HttpStatusCode.Forbidden, "forbidden");
    }

    private async Task AssertGetsInAsync(string? origin)
    {
        var workspace = await TestWorkspace.CreateAsync(server, agents: 1);

        await using var list = await FikoSocket.OpenAsync(
            server.Socket($"/ws/conversations/?token={workspace.Owner.Token}"),
            o => o.SetRequestHeader("Origin", origin));

        Assert.Empty(await list.DrainAsync());
    }

    public sealed class ChoosyServer : FikoServer
    {
        public ChoosyServer() => Settings["Cors:AllowedOrigins:0"] = "https://inbox.example";
    }
}

public sealed class AllowingAnyOrigin(FikoServer server) : IClassFixture<FikoServer>
{
    [Theory]
    [InlineData("https://anywhere.example")]
    [InlineData("null")]
    public async Task Developments_star_lets_everybody_in(string origin)
    {
        var workspace = await TestWorkspace.CreateAsync(server, agents: 1);

        await using var list = await FikoSocket.OpenAsync(
            server.Socket($"/ws/conversations/?token={workspace.Owner.Token}"),
            o => o.SetRequestHeader("Origin", origin));

        Assert.Empty(await list.DrainAsync());
    }
}
