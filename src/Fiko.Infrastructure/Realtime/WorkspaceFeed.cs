using Fiko.Application.Attachments;
using Fiko.Application.Realtime;
using Fiko.Application.Shared;
using Fiko.Infrastructure.Backplane;
using Fiko.Infrastructure.Persistence;
using MediatR;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Fiko.Infrastructure.Realtime;

/// <summary>What the feeds of all workspaces share.</summary>
internal sealed record FeedParts(IServiceScopeFactory Scopes, ILocalSockets Sockets, IBackplane Backplane, TimeProvider Time, ILogger Log);

/// <summary>One workspace's log, handed on once and in order. Nothing runs while there is nothing new.</summary>
internal sealed class WorkspaceFeed : IDisposable
{
    private const int Batch = 200;
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    private readonly FeedProgress _progress = new();
    private readonly FeedParts _parts;
    private readonly CancellationTokenSource _stop = new();
    private IDisposable? _hearing;
    private string _stamp = "";

    /// <param name="workspaceId">Whose log.</param>
    /// <param name="parts">What it needs.</param>
    /// <param name="begun">Called when other instances are heard and nothing will be missed.</param>
    public WorkspaceFeed(long workspaceId, FeedParts parts, Action<long>? begun)
    {
        (WorkspaceId, _parts) = (workspaceId, parts);
        Begun = Task.Run(() => BeginAsync(begun));
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
        _progress.End();
        Interlocked.Exchange(ref _hearing, null)?.Dispose();
    }

    /// <summary>There are events up to there. Never waits.</summary>
    public void Hint(long head)
    {
        if (_progress.TryStartReading(head))
        {
            _ = Task.Run(ReadAsync);
        }
    }

    /// <summary>This server has appended there, so the others are told by it.</summary>
    public void Appended(LogRange added)
    {
        if (_parts.Backplane.HasPeers)
        {
            _progress.NoteOwn(added);
        }

        Hint(added.Last);
    }

    /// <summary>Another server tells of its event. Passed on at once where it is the next; otherwise the gap is read first.</summary>
    public void Bring(EventFrames frames)
    {
        if (!_progress.TryTakeTurn(frames))
        {
            Hint(frames.Position);
            return;
        }

        HandOn(frames);
        if (!_progress.TryStopReading())
        {
            _ = Task.Run(ReadAsync);
        }
    }

    public Task ReachedAsync(long position)
    {
        var reached = _progress.ReachedAsync(position);
        if (!reached.IsCompleted)
        {
            Hint(position);
        }

        return reached;
    }

    private async Task BeginAsync(Action<long>? begun)
    {
        // Heard before the head is read: what is said in between is in neither of them otherwise.
        _hearing = await _parts.Backplane.FollowAsync(WorkspaceId);
        if (_stop.IsCancellationRequested)
        {
            Interlocked.Exchange(ref _hearing, null)?.Dispose();
        }

        await using var scope = _parts.Scopes.CreateAsyncScope();
        var head = await scope.ServiceProvider.GetRequiredService<IFikoDb>().HeadAsync(WorkspaceId, _stop.Token);
        _stamp = head.Stamp;
        _progress.Begin(head.Position);
        Hint(head.Position);
        begun?.Invoke(WorkspaceId);
    }

    private async Task ReadAsync()
    {
        while (!_stop.IsCancellationRequested)
        {
            try
            {
                while (_progress.TakeNext() is { } brought)
                {
                    HandOn(brought);
                }

                if (_progress.IsBehind)
                {
                    await ReadBatchAsync(_stop.Token);
                }
            }
            catch (OperationCanceledException) when (_stop.IsCancellationRequested)
            {
                return;
            }
            catch (Exception failed)
            {
                // The log is still there, and so is the place in it: nothing is lost by trying again.
                _parts.Log.FeedStumbled(failed, WorkspaceId);
                await Task.Delay(Pause, _parts.Time).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }

            if (_progress.TryStopReading())
            {
                return;
            }
        }
    }

    private void HandOn(EventFrames brought)
    {
        foreach (var (topic, frame) in brought.Frames)
        {
            if (frame.IsEmpty)
            {
                _parts.Sockets.EndTopic(topic);
            }
            else
            {
                _parts.Sockets.SendLogged(topic, brought.Position, frame);
            }
        }

        _progress.Advance(brought.Position);
    }

    private async Task ReadBatchAsync(CancellationToken ct)
    {
        await using var scope = _parts.Scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<IFikoDb>();
        var mediator = scope.ServiceProvider.GetRequiredService<IMediator>();
        var delivered = _progress.Delivered;
        var rows = await db.Events.AsNoTracking()
            .Where(e => e.WorkspaceId == WorkspaceId && e.Position > delivered)
            .OrderBy(e => e.Position)
            .Take(Batch)
            .ToListAsync(ct);
        if (rows.Count == 0)
        {
            _progress.ForgetHint();
            return;
        }

        var summaries = _parts.Sockets.AnyListensTo(Topic.Inbox(WorkspaceId)) || rows.Exists(r => _progress.IsOwn(r.Position));
        var now = await PresentState.LoadAsync(db, scope.ServiceProvider.GetRequiredService<IFileLinks>(), WorkspaceId, rows, summaries, ct);
        foreach (var row in rows)
        {
            try
            {
                await PublishAsync(row, now, mediator, ct);
            }
            catch (Exception unforeseen) when (unforeseen is not OperationCanceledException)
            {
                // One event that can't be told must not silence a workspace for ever. What it changed is in every fresh read.
                _parts.Log.EventNotTold(unforeseen, WorkspaceId, row.Position);
            }

            _progress.Advance(row.Position);
        }
    }

    private async Task PublishAsync(LoggedEvent row, PresentState now, IMediator mediator, CancellationToken ct)
    {
        if (!_progress.IsOwn(row.Position))
        {
            await EventCatalog.PublishAsync(row, _stamp, now, new LiveSockets(_parts.Sockets, row.Position), mediator, ct);
            return;
        }

        var everywhere = new EverySocket(_parts.Sockets, row.Position);
        await EventCatalog.PublishAsync(row, _stamp, now, everywhere, mediator, ct);
        _parts.Backplane.Say(new EventFrames(WorkspaceId, row.Position, everywhere.Frames));
    }
}
