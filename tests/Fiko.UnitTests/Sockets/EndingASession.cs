using System.Net;
using System.Net.Sockets;
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
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        patience.CancelAfter(TimeSpan.FromSeconds(20));
        var registry = new SocketRegistry();
        var (server, client) = await ConnectAsync(patience.Token);
        using var socket = new AcceptedSocket(server, () => { });
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

        var buffer = new byte[1024];
        Assert.Equal(WebSocketMessageType.Text, (await client.ReceiveAsync(buffer, patience.Token)).MessageType);
        Assert.Equal(WebSocketMessageType.Close, (await client.ReceiveAsync(buffer, patience.Token)).MessageType);
        Assert.Equal(WebSocketCloseStatus.PolicyViolation, client.CloseStatus);
        client.Dispose();
    }

    private static SocketParts Parts(SocketRegistry registry) =>
        new(null!, registry, null!, new FrameErrors(TimeProvider.System), new SocketOptions(), TimeProvider.System, NullLogger<SocketConnection>.Instance);

    private static async Task<(WebSocket Server, WebSocket Client)> ConnectAsync(CancellationToken ct)
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var near = new TcpClient();
        await near.ConnectAsync((IPEndPoint)listener.LocalEndpoint, ct);
        var far = await listener.AcceptTcpClientAsync(ct);
        return (
            WebSocket.CreateFromStream(far.GetStream(), new WebSocketCreationOptions { IsServer = true }),
            WebSocket.CreateFromStream(near.GetStream(), new WebSocketCreationOptions { IsServer = false }));
    }
}
