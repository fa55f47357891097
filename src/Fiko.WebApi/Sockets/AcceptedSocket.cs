using System.Net.WebSockets;
using Fiko.Application.Audit;
using Fiko.WebApi.Hosting;
using Microsoft.AspNetCore.Http.Features;

namespace Fiko.WebApi.Sockets;

/// <summary>A socket, and the way to cut its connection where a peer takes nothing any more.</summary>
internal sealed record AcceptedSocket(WebSocket Socket, Action Cut) : IDisposable
{
    /// <summary>Where it was opened from: every frame comes from there.</summary>
    public Whereabouts From { get; init; } = Whereabouts.Unknown;

    private PatientAbort? Abort { get; init; }

    public static async Task<AcceptedSocket> AcceptAsync(HttpContext http, WebSocketAcceptContext how, SocketParts parts)
    {
        var abort = new PatientAbort(http.Features.GetRequiredFeature<IHttpRequestLifetimeFeature>(), parts.Options.CloseTimeout, parts.Time);
        http.Features.Set<IHttpRequestLifetimeFeature>(abort);
        return new AcceptedSocket(await http.WebSockets.AcceptWebSocketAsync(how), abort.AtOnce) { Abort = abort, From = RequestOrigins.Of(http) };
    }

    public void Dispose()
    {
        Socket.Dispose();
        Abort?.Dispose();
    }

    // After broken UTF-8 the framework sends its closing frame (1007) and at once resets the connection, and the reset may
    // overtake the frame. So it has to wait a little; not for ever, because it is also how a peer ends that answers no ping.
    private sealed class PatientAbort(IHttpRequestLifetimeFeature connection, TimeSpan patience, TimeProvider time) : IHttpRequestLifetimeFeature, IDisposable
    {
        private readonly Lock _lock = new();
        private ITimer? _later;
        private bool _over;

        public CancellationToken RequestAborted
        {
            get => connection.RequestAborted;
            set => connection.RequestAborted = value;
        }

        public void Abort()
        {
            lock (_lock)
            {
                if (!_over)
                {
                    _later ??= time.CreateTimer(_ => AtOnce(), null, patience, Timeout.InfiniteTimeSpan);
                }
            }
        }

        public void AtOnce()
        {
            lock (_lock)
            {
                // A request that is over may have handed its connection on.
                if (!_over)
                {
                    connection.Abort();
                }
            }
        }

        public void Dispose()
        {
            lock (_lock)
            {
                _over = true;
                _later?.Dispose();
            }
        }
    }
}
