using Fiko.Application.Realtime;
using Fiko.Application.Shared;
using Fiko.Infrastructure.Auth;
using Fiko.Infrastructure.Realtime;

namespace Fiko.WebApi.Sockets;

/// <summary>A socket on the list. It gets no snapshot until it asks; news come from the moment it is open.</summary>
internal sealed class InboxConnection(AcceptedSocket socket, CallerFeature proven, string? cursor, bool english, SocketParts parts)
    : RoutedConnection<InboxSession>(
        socket, new InboxSession(proven.Caller), Protocol.Inbox, proven, Topic.Inbox(proven.Caller.WorkspaceId), english, parts)
{
    protected override async Task OpenAsync(CancellationToken ct)
    {
        if (cursor is null)
        {
            Live.Release();
        }
        else
        {
            var resumed = await ResumeAsync(chat: null, cursor, ct);
            if (!resumed.Frame.Recovered)
            {
                Live.Release(resumed.Position, [Wire.Encode(resumed.Frame)]);
            }
        }

        MarkOpened();
    }

    protected override InboxSession SessionOf(Caller by) => new(by);

    protected override void Left()
    {
    }
}
