using Fiko.Application.Realtime;
using Fiko.Infrastructure.Realtime;

namespace Fiko.WebApi.Sockets;

/// <summary>A socket on the list. It gets no snapshot until it asks; news come from the moment it is open.</summary>
internal sealed class InboxConnection(AcceptedSocket socket, InboxSession session, string? cursor, DateTimeOffset expires, bool english, SocketParts parts)
    : RoutedConnection<InboxSession>(socket, session, Protocol.Inbox, session.By, Topic.Inbox(session.By.WorkspaceId), expires, english, parts)
{
    protected override async Task OpenAsync(CancellationToken ct)
    {
        if (cursor is null)
        {
            Live.Release();
        }
        else
        {
            var resumed = await AskAsync(mediator => mediator.Send(new ResumeSocket(By, Chat: null, cursor), ct));
            Live.Release(resumed.Position, [Wire.Encode(resumed.Frame), .. resumed.Missed.Select(f => (ReadOnlyMemory<byte>)Wire.Encode(f))]);
        }

        MarkOpened();
    }

    protected override void Left()
    {
    }
}
