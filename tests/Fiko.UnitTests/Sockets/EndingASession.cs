using System.Net.WebSockets;
using Fiko.Application.Shared;
using Fiko.Domain.Agents;
using Fiko.Infrastructure.Auth;
using Fiko.WebApi.Sockets;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace Fiko.UnitTests.Sockets;

public sealed class EndingASession
{
    private static readonly Caller Sara = new(AgentId: 1, WorkspaceId: 1, "Sara", Role.Agent, SessionId: 5);

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_socket_that_was_on_its_way_in_is_closed_as_well(bool endedBefore)
    {
        var registry = new SocketRegistry();
        using var pair = await SocketPair.ConnectAsync();
        using var socket = new AcceptedSocket(pair.Server, pair.Cut);
        var connection = new InboxConnection(socket, Proof(Sara), cursor: null, english: true, Parts(registry));

        if (endedBefore)
        {
            registry.EndSession(5);
            registry.Add(connection);
        }
        else
        {
            registry.Add(connection);
            registry.EndSession(5);
        }

        Assert.Single(await pair.ReadToTheEndAsync());
        Assert.Equal(WebSocketCloseStatus.PolicyViolation, pair.Client.CloseStatus);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_socket_that_is_shown_a_token_of_it_at_that_moment_is_closed_as_well(bool endedBefore)
    {
        var registry = new SocketRegistry();
        using var pair = await SocketPair.ConnectAsync();
        using var socket = new AcceptedSocket(pair.Server, pair.Cut);
        var connection = Open(registry, socket);
        var fresh = Proof(Sara with { SessionId = 6 });

        if (endedBefore)
        {
            registry.EndSession(6);
            connection.Renew(fresh);
        }
        else
        {
            connection.Renew(fresh);
            registry.EndSession(6);
        }

        await pair.ReadToTheEndAsync();
        Assert.Equal(WebSocketCloseStatus.PolicyViolation, pair.Client.CloseStatus);
    }

    [Fact]
    public async Task A_socket_that_lives_by_another_since_goes_on()
    {
        var registry = new SocketRegistry();
        using var pair = await SocketPair.ConnectAsync();
        using var socket = new AcceptedSocket(pair.Server, pair.Cut);
        var connection = Open(registry, socket);

        connection.Renew(Proof(Sara with { SessionId = 6 }));
        registry.EndSession(5);
        connection.GoAway();

        await pair.ReadToTheEndAsync();
        Assert.Equal(WebSocketCloseStatus.EndpointUnavailable, pair.Client.CloseStatus);
    }

    [Theory]
    [InlineData(true, WebSocketCloseStatus.PolicyViolation)]
    [InlineData(false, WebSocketCloseStatus.EndpointUnavailable)]
    public async Task An_agent_who_is_let_go_while_a_token_is_read_is_out(bool afterTheLook, WebSocketCloseStatus closedWith)
    {
        var registry = new SocketRegistry();
        using var pair = await SocketPair.ConnectAsync();
        using var socket = new AcceptedSocket(pair.Server, pair.Cut);
        var before = registry.Moment;
        registry.EndAgent(Sara.AgentId);
        var connection = new InboxConnection(socket, Proof(Sara) with { Moment = registry.Moment }, cursor: null, english: true, Parts(registry));
        registry.Add(connection);

        connection.Renew(Proof(Sara) with { Moment = afterTheLook ? before : registry.Moment });
        connection.GoAway();

        await pair.ReadToTheEndAsync();
        Assert.Equal(closedWith, pair.Client.CloseStatus);
    }

    private static InboxConnection Open(SocketRegistry registry, AcceptedSocket socket)
    {
        var connection = new InboxConnection(socket, Proof(Sara), cursor: null, english: true, Parts(registry));
        registry.Add(connection);
        return connection;
    }

    private static CallerFeature Proof(Caller caller) => new(caller, DateTimeOffset.MaxValue);

    private static SocketParts Parts(SocketRegistry registry) => new(
        null!,
        registry,
        null!,
        new FrameErrors(TimeProvider.System),
        new Drain(Options.Create(new DrainOptions()), new Random(1)),
        new Replays(),
        new SocketOptions(),
        TimeProvider.System,
        NullLogger<SocketConnection>.Instance);
}
