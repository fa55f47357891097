using System.Net.WebSockets;
using Microsoft.AspNetCore.Http.Features;

namespace Fiko.WebApi.Sockets;

/// <summary>A socket, and the way to cut its connection where a peer takes nothing any more.</summary>
internal sealed record AcceptedSocket(WebSocket Socket, Action Cut) : IDisposable
{
    public static async Task<AcceptedSocket> AcceptAsync(HttpContext http, WebSocketAcceptContext how)
    {
        var connection = http.Features.GetRequiredFeature<IHttpRequestLifetimeFeature>();
        http.Features.Set<IHttpRequestLifetimeFeature>(new Patient(connection));
        return new AcceptedSocket(await http.WebSockets.AcceptWebSocketAsync(how), connection.Abort);
    }

    public void Dispose() => Socket.Dispose();

    // After broken UTF-8 the framework sends its closing frame (1007) and at once resets the connection, and the reset may
    // overtake the frame. The connection ends with the request anyway, in good order.
    private sealed class Patient(IHttpRequestLifetimeFeature connection) : IHttpRequestLifetimeFeature
    {
        public CancellationToken RequestAborted
        {
            get => connection.RequestAborted;
            set => connection.RequestAborted = value;
        }

        public void Abort()
        {
        }
    }
}
