namespace Fiko.Infrastructure.Realtime;

/// <summary>Brings the events of workspaces to the sockets of this server.</summary>
public interface IEventFeed
{
    /// <summary>Makes the workspace's events come to the sockets from now on, until disposed.</summary>
    Task<IDisposable> FollowAsync(long workspaceId, CancellationToken ct);

    /// <summary>Returns when everything up to a position has been handed to the sockets.</summary>
    Task ReachedAsync(long workspaceId, long position, CancellationToken ct);
}
