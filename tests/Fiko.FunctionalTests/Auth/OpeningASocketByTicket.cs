using System.Net;
using Fiko.Application.Auth;
using Fiko.Application.Shared;
using Fiko.FunctionalTests.Hosting;
using MediatR;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Fiko.FunctionalTests.Auth;

public sealed class OpeningASocketByTicket(OpeningASocketByTicket.Server server) : IClassFixture<OpeningASocketByTicket.Server>
{
    [Fact]
    public async Task A_ticket_stands_for_the_token_once()
    {
        var workspace = await TestWorkspace.CreateAsync(server, agents: 1);
        var conversation = await workspace.BeginAsync("c1");
        var answer = await server.CallAsync(HttpMethod.Post, "/api/v1/auth/socket-ticket", null, workspace.Owner.Token);
        var given = await answer.JsonAsync();
        var ticket = given.Text("ticket")!;

        await using var chat = await OpenAsync($"/ws/chat/{conversation}/", ticket);
        await chat.NextAsync("recent_messages");
        await using var again = await OpenAsync($"/ws/chat/{conversation}/", ticket);

        Assert.Equal("ticket expires_in", given.Names());
        Assert.Equal(30, given.Number("expires_in"));
        Assert.True(answer.Headers.CacheControl!.NoStore);
        Assert.Equal("Authentication required", (await again.NextAsync("error")).Text("error"));
        Assert.Equal(1008, await again.ClosedAsync());
        await chat.DrainAsync();
    }

    [Fact]
    public async Task Of_ten_who_show_it_at_once_one_gets_in()
    {
        var workspace = await TestWorkspace.CreateAsync(server, agents: 1);
        var ticket = await TicketAsync(workspace.Owner);

        var sockets = await Task.WhenAll(Enumerable.Range(0, 10).Select(_ => OpenAsync("/ws/conversations/", ticket)));

        await Task.WhenAll(sockets.Select(s => s.SendAsync(new { type = "ping" }).ContinueWith(_ => { }, TaskScheduler.Default)));
        var first = await Task.WhenAll(sockets.Select(s => s.NextAsync()));
        Assert.Single(first, f => f.IsA("pong"));
        Assert.Equal(9, first.Count(f => f.IsA("error")));
        foreach (var socket in sockets)
        {
            await socket.DisposeAsync();
        }
    }

    [Fact]
    public async Task After_30_seconds_it_opens_nothing_and_is_swept()
    {
        var workspace = await TestWorkspace.CreateAsync(server, agents: 1);
        var (late, unused) = (await TicketAsync(workspace.Owner), await TicketAsync(workspace.Owner));
        server.Clock.Advance(TimeSpan.FromSeconds(30));

        await using var refused = await OpenAsync("/ws/conversations/", late);

        Assert.Equal(1008, await refused.ClosedAsync());
        Assert.NotEmpty(unused);
        Assert.Equal(1, await CountAsync(workspace.Owner));
        await using var scope = server.Provider.CreateAsyncScope();
        await scope.ServiceProvider.GetRequiredService<IMediator>().Send(new DropStaleTickets(), TestContext.Current.CancellationToken);
        Assert.Equal(0, await CountAsync(workspace.Owner));
    }

    [Fact]
    public async Task The_socket_ends_with_the_token_that_the_ticket_was_asked_with()
    {
        var workspace = await TestWorkspace.CreateAsync(server, agents: 1);
        server.Clock.Advance(TimeSpan.FromMinutes(29));
        await using var list = await OpenAsync("/ws/conversations/", await TicketAsync(workspace.Owner));
        await list.DrainAsync();

        await Eventually.SeesAsync(
            () =>
            {
                server.Clock.Advance(TimeSpan.FromSeconds(10));
                return Task.FromResult(list.IsOpen);
            },
            open => !open,
            "the socket to end with the token");

        Assert.Equal(1008, await list.ClosedAsync());
    }

    [Fact]
    public async Task It_ends_with_the_login_and_with_its_user()
    {
        var workspace = await TestWorkspace.CreateAsync(server);
        var (first, second) = (await TicketAsync(workspace.Agents[1]), await TicketAsync(workspace.Agents[1]));
        await using var open = await OpenAsync("/ws/conversations/", first);
        await open.DrainAsync();

        await server.CallAsync(HttpMethod.Post, "/api/v1/auth/logout", null, workspace.Agents[1].Token);

        await using var late = await OpenAsync("/ws/conversations/", second);
        Assert.Equal((1008, 1008), (await open.ClosedAsync(), await late.ClosedAsync()));
    }

    [Fact]
    public async Task What_becomes_no_socket_does_not_use_it_up()
    {
        var workspace = await TestWorkspace.CreateAsync(server, agents: 1);
        var ticket = await TicketAsync(workspace.Owner);

        Assert.Equal(HttpStatusCode.UpgradeRequired, (await server.GetAsync($"/ws/conversations/?ticket={ticket}")).StatusCode);
        Assert.Equal(HttpStatusCode.Unauthorized, (await server.GetAsync($"/api/v1/auth/me?ticket={ticket}")).StatusCode);
        await using var list = await OpenAsync("/ws/conversations/", ticket);

        await list.DrainAsync();
    }

    [Fact]
    public async Task Only_who_is_logged_in_gets_one_and_nobody_finds_it_afterwards()
    {
        var workspace = await TestWorkspace.CreateAsync(server, agents: 1);
        var ticket = await TicketAsync(workspace.Owner);
        await using var list = await OpenAsync("/ws/conversations/", ticket);
        await list.DrainAsync();

        Assert.Equal(HttpStatusCode.Unauthorized, (await server.CallAsync(HttpMethod.Post, "/api/v1/auth/socket-ticket", null)).StatusCode);
        server.Log.AssertNever(ticket);
        await using var scope = server.Provider.CreateAsyncScope();
        Assert.False(await scope.ServiceProvider.GetRequiredService<IFikoDb>().SocketTickets.AnyAsync(t => t.Hash == ticket, TestContext.Current.CancellationToken));
    }

    private Task<FikoSocket> OpenAsync(string path, string ticket) => FikoSocket.OpenAsync(server.Socket($"{path}?ticket={ticket}"));

    private async Task<string> TicketAsync(TestAgent agent) =>
        (await (await server.CallAsync(HttpMethod.Post, "/api/v1/auth/socket-ticket", null, agent.Token)).JsonAsync()).Text("ticket")!;

    private async Task<int> CountAsync(TestAgent agent)
    {
        await using var scope = server.Provider.CreateAsyncScope();
        return await scope.ServiceProvider.GetRequiredService<IFikoDb>().SocketTickets.CountAsync(t => t.AgentId == agent.Id);
    }

    public sealed class Server : ClockedServer
    {
        public Server() => LogEverything();
    }
}
