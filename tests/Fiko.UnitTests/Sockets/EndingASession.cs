using System.Net.WebSockets;
using Fiko.Application.Shared;
using Fiko.Domain.Agents;
using Fiko.WebApi.Sockets;
using Microsoft.Extensions.Logging.Abstractions;

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
        var connection = new InboxConnection(socket, new InboxSession(Sara), cursor: null, DateTimeOffset.MaxValue, english: true, Parts(registry));

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

    private static SocketParts Parts(SocketRegistry registry) =>
        new(null!, registry, null!, new FrameErrors(TimeProvider.System), new SocketOptions(), TimeProvider.System, NullLogger<SocketConnection>.Instance);
}
