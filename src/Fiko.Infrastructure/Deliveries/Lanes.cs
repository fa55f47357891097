namespace Fiko.Infrastructure.Deliveries;

/// <summary>
/// Work that is done one at a time per key, and for many keys at once. Waking a lane that runs makes it look again before
/// it ends, so nothing that was there when it was woken is overlooked.
/// </summary>
internal sealed class Lanes<TKey>(Func<TKey, CancellationToken, Task> run) : IDisposable
    where TKey : notnull
{
    private readonly Lock _lock = new();
    private readonly Dictionary<TKey, Lane> _lanes = [];
    private readonly CancellationTokenSource _stop = new();
    private bool _stopped;

    public void Wake(TKey key)
    {
        lock (_lock)
        {
            if (_stopped)
            {
                return;
            }

            if (_lanes.TryGetValue(key, out var lane))
            {
                lane.WokenAgain = true;
                return;
            }

            lane = new Lane();
            _lanes[key] = lane;
            lane.Task = Task.Run(() => RunAsync(key, lane));
        }
    }

    /// <summary>Wakes nothing more, and returns when what runs has ended or the patience is over.</summary>
    public async Task StopAsync(CancellationToken patience)
    {
        Task[] running;
        lock (_lock)
        {
            if (!_stopped)
            {
                _stopped = true;
                _stop.Cancel();
            }

            // Also for who asks a second time: a host that is stopped twice must not take the database away under a lane.
            running = [.. _lanes.Values.Select(l => l.Task)];
        }

        await Task.WhenAll(running).WaitAsync(patience).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    public void Dispose() => _stop.Dispose();

    private async Task RunAsync(TKey key, Lane lane)
    {
        while (true)
        {
            await run(key, _stop.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            lock (_lock)
            {
                if (!lane.WokenAgain || _stopped)
                {
                    _lanes.Remove(key);
                    return;
                }

                lane.WokenAgain = false;
            }
        }
    }

    private sealed class Lane
    {
        public bool WokenAgain { get; set; }

        public Task Task { get; set; } = Task.CompletedTask;
    }
}
