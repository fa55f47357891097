using Fiko.Application.Shared;
using Fiko.Infrastructure.Persistence;
using Fiko.Infrastructure.Realtime;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Fiko.Infrastructure.Events;

/// <summary>
/// Wakes whoever waits for a workspace's log to go on. Commits of this server say so at once; those of others are found by one
/// look for all workspaces that are waited for, so that a waiter costs neither a thread nor a query.
/// </summary>
public sealed class LogWatch(IServiceScopeFactory scopes, TimeProvider time, ILogger<LogWatch> log) : BackgroundService, ICommitListener
{
    // Other servers do not tell this one of workspaces that have no socket here.
    private static readonly TimeSpan LookAnyway = TimeSpan.FromSeconds(1);

    private readonly Lock _lock = new();
    private readonly Dictionary<long, Watched> _watched = [];

    /// <summary>Remembers how far the log goes from now on, until disposed. Begun before the first look, nothing falls in between.</summary>
    public Watch Begin(long workspaceId)
    {
        lock (_lock)
        {
            if (!_watched.TryGetValue(workspaceId, out var watched))
            {
                _watched[workspaceId] = watched = new Watched();
            }

            watched.Watchers++;
            return new Watch(this, workspaceId, watched);
        }
    }

    /// <summary>How many wait for a workspace at this moment.</summary>
    internal int WaitersOf(long workspaceId)
    {
        lock (_lock)
        {
            return _watched.GetValueOrDefault(workspaceId)?.Waiting ?? 0;
        }
    }

    void ICommitListener.OnCommitted(Committed changes)
    {
        foreach (var (workspaceId, added) in changes.Logs)
        {
            Advance(workspaceId, added.Last);
        }
    }

    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        time.LookEveryAsync(LookAnyway, LookAsync, failed => log.FeedStumbled(failed, 0), stoppingToken);

    private async Task LookAsync(CancellationToken ct)
    {
        long[] ids;
        lock (_lock)
        {
            ids = [.. _watched.Keys];
        }

        if (ids.Length == 0)
        {
            return;
        }

        await using var scope = scopes.CreateAsyncScope();
        var heads = await scope.ServiceProvider.GetRequiredService<IFikoDb>().Workspaces
            .Where(w => ids.Contains(w.Id))
            .Select(w => new { w.Id, w.Head })
            .ToListAsync(ct);
        heads.ForEach(w => Advance(w.Id, w.Head));
    }

    private void Advance(long workspaceId, long head)
    {
        TaskCompletionSource? moved = null;
        lock (_lock)
        {
            if (_watched.TryGetValue(workspaceId, out var watched) && head > watched.Head)
            {
                moved = watched.Moved;
                (watched.Head, watched.Moved) = (head, NewSignal());
            }
        }

        moved?.TrySetResult();
    }

    private Task? BeyondAsync(Watched watched, long position)
    {
        lock (_lock)
        {
            return watched.Head > position ? null : watched.Moved.Task;
        }
    }

    private void End(long workspaceId, Watched watched)
    {
        lock (_lock)
        {
            if (--watched.Watchers == 0)
            {
                _watched.Remove(workspaceId);
            }
        }
    }

    private static TaskCompletionSource NewSignal() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>One waiter's eye on a log.</summary>
    public sealed class Watch : IDisposable
    {
        private readonly LogWatch _owner;
        private readonly long _workspaceId;
        private readonly Watched _watched;
        private int _done;

        internal Watch(LogWatch owner, long workspaceId, Watched watched) => (_owner, _workspaceId, _watched) = (owner, workspaceId, watched);

        /// <summary>Returns when the log is known to go on after a position.</summary>
        public async Task BeyondAsync(long position, CancellationToken ct)
        {
            while (_owner.BeyondAsync(_watched, position) is { } moved)
            {
                _watched.Enter();
                try
                {
                    await moved.WaitAsync(ct);
                }
                finally
                {
                    _watched.Leave();
                }
            }
        }

        public void Dispose()
        {
            if (Interlocked.Exchange(ref _done, 1) == 0)
            {
                _owner.End(_workspaceId, _watched);
            }
        }
    }

    internal sealed class Watched
    {
        private int _waiting;

        public long Head { get; set; } = -1;

        public int Watchers { get; set; }

        public int Waiting => Volatile.Read(ref _waiting);

        public TaskCompletionSource Moved { get; set; } = NewSignal();

        public void Enter() => Interlocked.Increment(ref _waiting);

        public void Leave() => Interlocked.Decrement(ref _waiting);
    }
}
