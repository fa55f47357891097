using System.Collections.Concurrent;
using System.Collections.Immutable;
using Fiko.Application.Events;
using Fiko.Application.Shared;
using Fiko.Application.Webhooks;
using Fiko.Infrastructure.Deliveries;
using Fiko.Infrastructure.Persistence;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Fiko.Infrastructure.Webhooks;

/// <summary>
/// Sends events to integrators: in order within a conversation, conversations and receivers beside each other. Each subscription
/// has short turns, one after the other, each a transaction; calls are made between them. The database is the queue; hints and
/// alarms only save looking at it.
/// </summary>
internal sealed class WebhookWorker : BackgroundService, ICommitListener
{
    private static readonly TimeSpan LookAnyway = TimeSpan.FromSeconds(5);

    private readonly IServiceScopeFactory _scopes;
    private readonly WebhookSender _sender;
    private readonly TimeProvider _time;
    private readonly WebhookOptions _options;
    private readonly ILogger<WebhookWorker> _log;
    private readonly Lanes<long> _turns;
    private readonly Alarms<long> _alarms;
    private readonly CallPlaces _places;
    private readonly ConcurrentDictionary<long, WebhookLane> _lanes = [];
    private readonly ConcurrentDictionary<Task, bool> _calls = [];
    private ImmutableDictionary<long, ImmutableHashSet<long>> _ofWorkspace = ImmutableDictionary<long, ImmutableHashSet<long>>.Empty;

    public WebhookWorker(IServiceScopeFactory scopes, WebhookSender sender, TimeProvider time, IOptions<WebhookOptions> options, ILogger<WebhookWorker> log)
    {
        (_scopes, _sender, _time, _options, _log) = (scopes, sender, time, options.Value, log);
        _turns = new(TurnAsync);
        _alarms = new(time, _turns.Wake);
        _places = new(_options.MaxParallelInAll);
    }

    void ICommitListener.OnCommitted(Committed changes)
    {
        foreach (var (webhook, workspace) in changes.Webhooks)
        {
            ImmutableInterlocked.Update(ref _ofWorkspace, all => Following(all, workspace, webhook));
            Follow(webhook);
        }

        foreach (var workspace in changes.Logs.Keys)
        {
            foreach (var webhook in Volatile.Read(ref _ofWorkspace).GetValueOrDefault(workspace, []))
            {
                Follow(webhook);
            }
        }

        foreach (var webhook in changes.WebhooksToSend)
        {
            _turns.Wake(webhook);
        }
    }

    public override async Task StopAsync(CancellationToken ct)
    {
        await base.StopAsync(ct);
        await _turns.StopAsync(ct);
        await Task.WhenAll(_calls.Keys).WaitAsync(ct).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        foreach (var (webhook, lane) in _lanes.Where(l => l.Value.HasEnded))
        {
            await TakeTurnAsync(webhook, lane, room: 0, readsLog: false);
        }
    }

    public override void Dispose()
    {
        _alarms.Dispose();
        _turns.Dispose();
        base.Dispose();
    }

    // Finds what other servers wrote, and what a dead one, this one before its restart or another, has left behind.
    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        _time.LookEveryAsync(LookAnyway, LookAsync, _log.WebhookLookFailed, stoppingToken);

    private async Task LookAsync(CancellationToken ct)
    {
        var all = await _scopes.AskAsync(new LookForWebhooks(), ct);
        Volatile.Write(ref _ofWorkspace, all.GroupBy(w => w.WorkspaceId).ToImmutableDictionary(g => g.Key, g => g.Select(w => w.WebhookId).ToImmutableHashSet()));
        foreach (var webhook in all)
        {
            if (webhook.IsBehind)
            {
                Follow(webhook.WebhookId);
            }
            else if (webhook.HasDue || LaneOf(webhook.WebhookId).HasEnded)
            {
                _turns.Wake(webhook.WebhookId);
            }
        }
    }

    private void Follow(long webhook)
    {
        LaneOf(webhook).FallBehind();
        _turns.Wake(webhook);
    }

    private WebhookLane LaneOf(long webhook) => _lanes.GetOrAdd(webhook, _ => new WebhookLane());

    private async Task TurnAsync(long webhook, CancellationToken stopping)
    {
        var lane = LaneOf(webhook);
        var room = _places.Take(webhook, _options.MaxParallel - lane.Sending);
        var readsLog = lane.TakeBehind();
        if (room == 0 && !readsLog && !lane.HasEnded)
        {
            return;
        }

        var turn = await TakeTurnAsync(webhook, lane, room, readsLog);
        var taken = turn?.Taken.Count ?? 0;
        WakeAll(_places.Return(room - taken));
        if (turn is not null)
        {
            await GoOnAsync(webhook, lane, turn, hasRoom: taken < room);
        }
    }

    private async Task<WebhookTurn?> TakeTurnAsync(long webhook, WebhookLane lane, int room, bool readsLog)
    {
        var ended = lane.TakeEnded();
        try
        {
            return await _scopes.AskAsync(new TakeWebhookTurn(webhook, ended, room, readsLog), CancellationToken.None);
        }
        catch (Exception failed)
        {
            // Nothing of it was kept: the next look begins it anew.
            _log.WebhookTurnFailed(failed, webhook);
            lane.PutBack(ended);
            if (readsLog)
            {
                lane.FallBehind();
            }

            return null;
        }
    }

    private async Task GoOnAsync(long webhook, WebhookLane lane, WebhookTurn turn, bool hasRoom)
    {
        if (turn.Log is not LogLeft.Nothing)
        {
            lane.FallBehind();
        }

        if (turn.Log is LogLeft.Something && hasRoom)
        {
            _turns.Wake(webhook);
        }

        if (turn.NotBefore is { } later && (lane.RingsAt is not { } set || set <= _time.GetUtcNow() || later < set))
        {
            lane.RingsAt = later;
            _alarms.Set(webhook, later);
        }

        if (turn is { Webhook: { } receiver, Taken.Count: > 0 })
        {
            await StartAsync(lane, receiver, turn.Taken);
        }
    }

    private async Task StartAsync(WebhookLane lane, TakenWebhook webhook, IReadOnlyList<TakenDelivery> taken)
    {
        lane.Begin(taken.Count);
        ShownEvents? shown = null;
        try
        {
            shown = await _scopes.AskAsync(new ShowEvents(webhook.WorkspaceId, [.. taken.Select(t => t.Position).OfType<long>()]), CancellationToken.None);
        }
        catch (Exception failed)
        {
            // What was taken is ours until the lease ends, and is taken again then.
            _log.WebhookTurnFailed(failed, webhook.Id);
        }

        foreach (var delivery in taken)
        {
            var call = Task.Run(() => CallAsync(lane, webhook, delivery, shown), CancellationToken.None);
            _calls[call] = true;
            _ = call.ContinueWith(done => _calls.TryRemove(done, out _), CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default);
        }
    }

    private async Task CallAsync(WebhookLane lane, TakenWebhook webhook, TakenDelivery delivery, ShownEvents? shown)
    {
        EndedAttempt? ended = null;
        try
        {
            if (shown is not null)
            {
                ended = await _sender.SendAsync(webhook, delivery, delivery.Position is { } position ? shown.ByPosition[position] : shown.PingAt(delivery.CreatedAt));
                _log.WebhookCalled(delivery.Id, webhook.Id, delivery.Attempt, ended.Outcome);
            }
        }
        catch (Exception unforeseen)
        {
            _log.WebhookCallFailed(unforeseen, delivery.Id, webhook.Id);
        }

        lane.End(ended);
        WakeAll(_places.Return(1));
        _turns.Wake(webhook.Id);
    }

    private void WakeAll(IReadOnlyCollection<long> webhooks)
    {
        foreach (var webhook in webhooks)
        {
            _turns.Wake(webhook);
        }
    }

    private static ImmutableDictionary<long, ImmutableHashSet<long>> Following(ImmutableDictionary<long, ImmutableHashSet<long>> all, long workspace, long webhook) =>
        all.SetItem(workspace, all.GetValueOrDefault(workspace, []).Add(webhook));
}
