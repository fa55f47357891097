using Fiko.Infrastructure.Realtime;

namespace Fiko.WebApi.Sockets;

/// <summary>What sockets share.</summary>
internal sealed record SocketParts(
    IServiceScopeFactory Scopes,
    SocketRegistry Registry,
    IEventFeed Feed,
    FrameErrors Errors,
    Drain Drain,
    Replays Replays,
    SocketOptions Options,
    TimeProvider Time,
    ILogger<SocketConnection> Log);
