using Fiko.Application.Shared;
using Fiko.Infrastructure.Backplane;
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
internal sealed class EventFeed(IServiceScopeFactory scopes, ILocalSockets sockets, IBackplane backplane, TimeProvider time, ILogger<EventFeed> log)
    : BackgroundService, IEventFeed, ICommitListener
{
    private readonly Lock _lock = new();
    private readonly Dictionary<long, WorkspaceFeed> _feeds = [];

    /// <summary>The workspaces with sockets on this server.</summary>
    public IReadOnlyCollection<long> Workspaces
    {
        get
        {
            lock (_lock)
            {
                return [.. _feeds.Keys];
            }
        }
    }

    /// <summary>Called when a workspace has its first socket here.</summary>
    public Action<long>? Followed { get; set; }

    /// <summary>Called when a workspace has no socket here any more.</summary>
    public Action<long>? Unfollowed { get; set; }

    public async Task<IDisposable> FollowAsync(long workspaceId, CancellationToken ct)
    {
        WorkspaceFeed feed;
        lock (_lock)
        {
            if (!_feeds.TryGetValue(workspaceId, out feed!))
            {
                _feeds[workspaceId] = feed = new WorkspaceFeed(workspaceId, new FeedParts(scopes, sockets, backplane, time, log), Followed);
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

    public Task ReachedAsync(long workspaceId, long position, CancellationToken ct)
    {
        lock (_lock)
        {
            return _feeds.TryGetValue(workspaceId, out var feed) ? feed.ReachedAsync(position).WaitAsync(ct) : Task.CompletedTask;
        }
    }

    void ICommitListener.OnCommitted(Committed changes)
    {
        foreach (var (workspaceId, added) in changes.Logs)
        {
            if (Find(workspaceId) is { } feed)
            {
                feed.Appended(added);
            }
            else if (backplane.HasPeers)
            {
                backplane.Say(new LogHint(workspaceId, added.Last));
            }
        }
    }

    /// <summary>What another server has made of an event.</summary>
    public void Hear(EventFrames frames) => Find(frames.WorkspaceId)?.Bring(frames);

    /// <summary>Another server has appended something.</summary>
    public void Hear(LogHint hint) => Find(hint.WorkspaceId)?.Hint(hint.Head);

    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        time.LookOutAsync(backplane, LookAsync, failed => log.FeedStumbled(failed, 0), stoppingToken);

    private WorkspaceFeed? Find(long workspaceId)
    {
        lock (_lock)
        {
            return _feeds.GetValueOrDefault(workspaceId);
        }
    }

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
            if (--feed.Followers > 0)
            {
                return;
            }

            _feeds.Remove(feed.WorkspaceId);
            feed.Dispose();

            // Before anybody follows it again, and asks.
            Unfollowed?.Invoke(feed.WorkspaceId);
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
