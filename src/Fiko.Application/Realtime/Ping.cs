using System.Text.Json.Serialization;
using Fiko.Application.Shared;
using MediatR;

namespace Fiko.Application.Realtime;

/// <summary>Is anybody there, and how far is the log?</summary>
public sealed record Ping(Caller By) : IRequest<PongFrame>;

/// <param name="Cursor">The newest event.</param>
/// <param name="Timestamp">The server's time.</param>
/// <param name="Position">The same place: every frame up to there goes out before, or who keeps the cursor would never get it.</param>
[SentTo(TopicKind.Inbox | TopicKind.Chat)]
public sealed record PongFrame(string Cursor, DateTimeOffset Timestamp, [property: JsonIgnore] long Position) : ServerFrame("pong"), ISnapshotFrame;

internal sealed class PingHandler(IFikoDb db, TimeProvider time) : IRequestHandler<Ping, PongFrame>
{
    public async Task<PongFrame> Handle(Ping ping, CancellationToken ct)
    {
        var head = await db.HeadAsync(ping.By.WorkspaceId, ct);
        return new PongFrame(head.Cursor, time.Now(), head.Position);
    }
}
