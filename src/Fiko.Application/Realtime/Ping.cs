using System.Text.Json.Serialization;
using Fiko.Application.Shared;
using MediatR;

namespace Fiko.Application.Realtime;

/// <summary>Is anybody there, and how far is the log?</summary>
public sealed record Ping(Caller By) : IRequest<PongFrame>;

/// <param name="Cursor">The newest event.</param>
/// <param name="Timestamp">The server's time.</param>
public sealed record PongFrame(string Cursor, DateTimeOffset Timestamp) : ServerFrame("pong");

internal sealed class PingHandler(IFikoDb db, TimeProvider time) : IRequestHandler<Ping, PongFrame>
{
    public async Task<PongFrame> Handle(Ping ping, CancellationToken ct) =>
        new((await db.HeadAsync(ping.By.WorkspaceId, ct)).Cursor, time.Now());
}
