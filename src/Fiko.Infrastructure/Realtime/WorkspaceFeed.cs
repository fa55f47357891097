using Fiko.Application.Attachments;
using Fiko.Application.Realtime;
using Fiko.Application.Shared;
using MediatR;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Fiko.Infrastructure.Realtime;

/// <summary>One workspace's log, read once and in order. Nothing runs while there is nothing new.</summary>
internal sealed class WorkspaceFeed : IDisposable
{
    private const int Batch = 200;
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    private readonly Lock _lock = new();
    private readonly PriorityQueue<TaskCompletionSource, long> _waiting = new();
    private readonly IServiceScopeFactory _scopes;
    private readonly ILocalSockets _sockets;
    private readonly TimeProvider _time;
    private readonly ILogger _log;
    private readonly CancellationTokenSource _stop = new();
    private string _stamp = "";
    private long _delivered;
    private long _known;
    private bool _reading = true;

    public WorkspaceFeed(long workspaceId, IServiceScopeFactory scopes, ILocalSockets sockets, TimeProvider time, ILogger log)
    {
        (WorkspaceId, _scopes, _sockets, _time, _log) = (workspaceId, scopes, sockets, time, log);
        Begun = Task.Run(BeginAsync);
    }

    public long WorkspaceId { get; }

    /// <summary>Guarded by the owner.</summary>
    public int Followers { get; set; }

    /// <summary>Done when everything that is committed from now on will be delivered.</summary>
    public Task Begun { get; }

    /// <summary>Nobody listens any more. What still reads ends by itself; the source is left to it, because it owns no handle.</summary>
    public void Dispose()
    {
        _stop.Cancel();
        lock (_lock)
        {
            while (_waiting.TryDequeue(out var waiter, out _))
            {
                waiter.TrySetCanceled();
            }
        }
    }

    /// <summary>There are events up to there. Never waits.</summary>
    public void Hint(long head)
    {
        lock (_lock)
        {
            _known = Math.Max(_known, head);
            if (_reading || _known <= _delivered || _stop.IsCancellationRequested)
            {
                return;
            }

            _reading = true;
        }

        _ = Task.Run(ReadAsync);
    }

    public Task ReachedAsync(long position)
    {
        lock (_lock)
        {
            if (_delivered >= position || _stop.IsCancellationRequested)
            {
                return Task.CompletedTask;
            }

            var waiter = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            _waiting.Enqueue(waiter, position);
            Hint(position);
            return waiter.Task;
        }
    }

    private async Task BeginAsync()
    {
        await using var scope = _scopes.CreateAsyncScope();
        var head = await scope.ServiceProvider.GetRequiredService<IFikoDb>().HeadAsync(WorkspaceId, _stop.Token);
        lock (_lock)
        {
            (_stamp, _delivered, _reading) = (head.Stamp, head.Position, false);
        }

        Hint(head.Position);
    }

    private async Task ReadAsync()
    {
        while (!_stop.IsCancellationRequested)
        {
            try
            {
                await ReadBatchAsync(_stop.Token);
            }
            catch (OperationCanceledException) when (_stop.IsCancellationRequested)
            {
                return;
            }
            catch (Exception failed)
            {
                // The log is still there, and so is the place in it: nothing is lost by trying again.
                _log.FeedStumbled(failed, WorkspaceId);
                await Task.Delay(Pause, _time).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }

            lock (_lock)
            {
                if (_known <= _delivered)
                {
                    _reading = false;
                    return;
                }
            }
        }
    }

    private async Task ReadBatchAsync(CancellationToken ct)
    {
        await using var scope = _scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<IFikoDb>();
        var mediator = scope.ServiceProvider.GetRequiredService<IMediator>();
        var rows = await db.Events.AsNoTracking()
            .Where(e => e.WorkspaceId == WorkspaceId && e.Position > _delivered)
            .OrderBy(e => e.Position)
            .Take(Batch)
            .ToListAsync(ct);
        var summaries = _sockets.AnyListensTo(Topic.Inbox(WorkspaceId));
        var now = await PresentState.LoadAsync(db, scope.ServiceProvider.GetRequiredService<IFileLinks>(), WorkspaceId, rows, summaries, ct);
        foreach (var row in rows)
        {
            try
            {
                await EventCatalog.PublishAsync(row, _stamp, now, new LiveSockets(_sockets, row.Position), mediator, ct);
            }
            catch (Exception unforeseen) when (unforeseen is not OperationCanceledException)
            {
                // One event that can't be told must not silence a workspace for ever. What it changed is in every fresh read.
                _log.EventNotTold(unforeseen, WorkspaceId, row.Position);
            }

            Advance(row.Position);
        }

        if (rows.Count == 0)
        {
            // A hint that no row bears out, from a database that was set back: forget it.
            lock (_lock)
            {
                _known = _delivered;
            }
        }
    }

    private void Advance(long position)
    {
        lock (_lock)
        {
            _delivered = position;
            _known = Math.Max(_known, position);
            while (_waiting.TryPeek(out var waiter, out var wanted) && wanted <= position)
            {
                _waiting.Dequeue();
                waiter.TrySetResult();
            }
        }
    }

    private sealed class LiveSockets(ILocalSockets sockets, long position) : IFrameSink
    {
        public bool Wants(Topic topic) => sockets.AnyListensTo(topic);

        public void Push(Topic topic, DurableFrame frame) => sockets.SendLogged(topic, position, Wire.Encode(frame));

        public void End(Topic topic) => sockets.EndTopic(topic);
    }
}
