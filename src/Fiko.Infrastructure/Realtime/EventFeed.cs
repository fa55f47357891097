using Fiko.Application.Shared;
using Fiko.Infrastructure.Persistence;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Fiko.Infrastructure.Realtime;

/// <summary>
/// Owns "what comes next" for each workspace with sockets on this server: reads its log in order and turns each event into
/// frames, once. A hint only says that there is more; who hears none looks by itself.
/// </summary>
public sealed class EventFeed(IServiceScopeFactory scopes, ILocalSockets sockets, TimeProvider time, ILogger<EventFeed> log) : BackgroundService, ICommitListener
{
    private static readonly TimeSpan LookAnyway = TimeSpan.FromSeconds(5);

    private readonly Lock _lock = new();
    private readonly Dictionary<long, WorkspaceFeed> _feeds = [];

    /// <summary>Makes the workspace's events come to the sockets from now on, until disposed.</summary>
    public async Task<IDisposable> FollowAsync(long workspaceId, CancellationToken ct)
    {
        WorkspaceFeed feed;
        lock (_lock)
        {
            if (!_feeds.TryGetValue(workspaceId, out feed!))
            {
                _feeds[workspaceId] = feed = new WorkspaceFeed(workspaceId, scopes, sockets, time, log);
            }

            feed.Followers++;
        }

        try
        {
            await feed.Begun.WaitAsync(ct);
        }
        catch
        {
            Unfollow(feed);
            throw;
        }

        return new Following(this, feed);
    }

    /// <summary>Returns when everything up to a position has been handed to the sockets.</summary>
    public Task ReachedAsync(long workspaceId, long position, CancellationToken ct)
    {
        lock (_lock)
        {
            return _feeds.TryGetValue(workspaceId, out var feed) ? feed.ReachedAsync(position).WaitAsync(ct) : Task.CompletedTask;
        }
    }

    void ICommitListener.OnCommitted(Committed changes)
    {
        foreach (var (workspaceId, head) in changes.Heads)
        {
            WorkspaceFeed? feed;
            lock (_lock)
            {
                _feeds.TryGetValue(workspaceId, out feed);
            }

            feed?.Hint(head);
        }
    }

    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        time.LookEveryAsync(LookAnyway, LookAsync, failed => log.FeedStumbled(failed, 0), stoppingToken);

    private async Task LookAsync(CancellationToken ct)
    {
        WorkspaceFeed[] feeds;
        lock (_lock)
        {
            feeds = [.. _feeds.Values];
        }

        if (feeds.Length == 0)
        {
            return;
        }

        await using var scope = scopes.CreateAsyncScope();
        var ids = feeds.Select(f => f.WorkspaceId).ToArray();
        var heads = await scope.ServiceProvider.GetRequiredService<IFikoDb>().Workspaces
            .Where(w => ids.Contains(w.Id))
            .ToDictionaryAsync(w => w.Id, w => w.Head, ct);
        foreach (var feed in feeds)
        {
            feed.Hint(heads.GetValueOrDefault(feed.WorkspaceId));
        }
    }

    private void Unfollow(WorkspaceFeed feed)
    {
        lock (_lock)
        {
            if (--feed.Followers == 0)
            {
                _feeds.Remove(feed.WorkspaceId);
                feed.Dispose();
            }
        }
    }

    private sealed class Following(EventFeed owner, WorkspaceFeed feed) : IDisposable
    {
        private int _done;

        public void Dispose()
        {
            if (Interlocked.Exchange(ref _done, 1) == 0)
            {
                owner.Unfollow(feed);
            }
        }
    }
}
