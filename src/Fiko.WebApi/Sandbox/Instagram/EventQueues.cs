using Microsoft.Extensions.Options;

namespace Fiko.WebApi.Sandbox.Instagram;

/// <summary>Posts the events of each thread one after the other, threads beside each other, unless their order is to be lost.</summary>
internal sealed class EventQueues(EventPost post, SandboxHabits habits, IOptions<SandboxOptions> limits, TimeProvider time, IHostApplicationLifetime lifetime)
{
    private readonly Lock _gate = new();
    private readonly Dictionary<string, List<PendingEvent>> _queues = [];

    /// <returns>Ends when the event was accepted, or given up.</returns>
    public Task Post(string queue, byte[] body, TimeSpan delay = default)
    {
        var copies = habits.NextCopies();
        var events = Enumerable.Range(0, copies).Select(_ => new PendingEvent(body, time.GetUtcNow())).ToArray();
        foreach (var one in events)
        {
            // What is late or shuffled must not hold back the others.
            var wait = delay + habits.NextShuffle();
            if (wait > TimeSpan.Zero)
            {
                Begin(ct => PostLaterAsync(one, wait, ct));
            }
            else
            {
                Enqueue(queue, one);
            }
        }

        return Task.WhenAll(events.Select(e => e.Settled));
    }

    private async Task PostLaterAsync(PendingEvent one, TimeSpan wait, CancellationToken ct)
    {
        await Task.Delay(wait, time, ct);
        await post.DeliverAsync(one, ct);
    }

    private void Enqueue(string queue, PendingEvent one)
    {
        lock (_gate)
        {
            if (!_queues.TryGetValue(queue, out var waiting))
            {
                // A webhook that nobody answers must not fill the memory.
                if (_queues.Count >= limits.Value.ChatsPerBot)
                {
                    one.Settle();
                    return;
                }

                _queues[queue] = waiting = [];
                Begin(ct => RunAsync(queue, ct));
            }

            if (waiting.Count >= limits.Value.MessagesPerChat)
            {
                waiting[0].Settle();
                waiting.RemoveAt(0);
            }

            waiting.Add(one);
        }
    }

    private async Task RunAsync(string queue, CancellationToken ct)
    {
        while (Next(queue) is { } one)
        {
            await post.DeliverAsync(one, ct);
            lock (_gate)
            {
                _queues[queue].Remove(one);
            }
        }
    }

    private PendingEvent? Next(string queue)
    {
        lock (_gate)
        {
            if (_queues[queue] is [var first, ..])
            {
                return first;
            }

            _queues.Remove(queue);
            return null;
        }
    }

    private void Begin(Func<CancellationToken, Task> work)
    {
        // What surrounds the asking request (its trace above all) must not follow the event to the webhook.
        using (ExecutionContext.SuppressFlow())
        {
            _ = Task.Run(() => RunUntilStoppedAsync(work));
        }
    }

    private async Task RunUntilStoppedAsync(Func<CancellationToken, Task> work)
    {
        try
        {
            await work(lifetime.ApplicationStopping);
        }
        catch (OperationCanceledException)
        {
            // The server stops, and its memory with it.
        }
    }
}
