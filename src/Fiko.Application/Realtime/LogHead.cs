using Fiko.Application.Shared;
using Microsoft.EntityFrameworkCore;

namespace Fiko.Application.Realtime;

/// <summary>Where a workspace's log stands.</summary>
public readonly record struct LogHead(long WorkspaceId, string Stamp, long Position)
{
    public string Cursor => Realtime.Cursor.Write(Stamp, Position);

    public string CursorAt(long position) => Realtime.Cursor.Write(Stamp, position);
}

/// <summary>Where logs stand.</summary>
public static class LogHeads
{
    public static Task<LogHead> HeadAsync(this IFikoDb db, long workspaceId, CancellationToken ct) =>
        db.Workspaces.Where(w => w.Id == workspaceId).Select(w => new LogHead(w.Id, w.LogStamp, w.Head)).SingleAsync(ct);
}
