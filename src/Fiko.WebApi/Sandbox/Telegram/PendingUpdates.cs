namespace Fiko.WebApi.Sandbox.Telegram;

/// <summary>What waits to be taken, in queues of which each is taken in order; whoever holds it keeps others out.</summary>
internal sealed class PendingUpdates(SandboxOptions limits, TimeProvider time)
{
    // Copies that are posted out of order have a queue each, under numbers that no chat has.
    public const long FirstCopy = long.MinValue;

    private const int CopiesPerChat = 10;

    private static readonly TimeSpan Lifetime = TimeSpan.FromHours(24);

    private readonly Dictionary<long, List<PendingUpdate>> _queues = [];

    public int Count => _queues.Values.Sum(q => q.Count);

    public long[] Queues => [.. _queues.Keys];

    public void Clear() => _queues.Clear();

    public void Add(PendingUpdate update)
    {
        if (!_queues.TryGetValue(update.Queue, out var waiting))
        {
            // A bot that nobody listens to must not fill the memory.
            if (_queues.Count >= (update.Queue < -(1L << 52) ? limits.ChatsPerBot * CopiesPerChat : limits.ChatsPerBot))
            {
                _queues.Remove(_queues.Keys.First());
            }

            _queues[update.Queue] = waiting = [];
        }

        if (waiting.Count >= limits.MessagesPerChat)
        {
            waiting.RemoveAt(0);
        }

        waiting.Add(update);
    }

    /// <summary>The next of a queue, past those that nobody took for a day.</summary>
    public PendingUpdate? First(long queue)
    {
        Remove(queue, u => time.GetUtcNow() - u.Created > Lifetime);
        return _queues.GetValueOrDefault(queue)?[0];
    }

    public PendingUpdate[] Ready(int limit) =>
        [.. _queues.Values.SelectMany(q => q).Where(u => u.IsJson).OrderBy(u => u.Id).DistinctBy(u => u.Id).Take(limit)];

    public void Remove(PendingUpdate update) => Remove(update.Queue, u => u == update);

    /// <summary>getUpdates' offset: a negative one asks for the last so many, and forgets all older ones.</summary>
    public void Confirm(long offset)
    {
        var oldest = offset >= 0
            ? offset
            : _queues.Values.SelectMany(q => q).Select(u => u.Id).OrderDescending().Take((int)Math.Min(-offset, int.MaxValue)).LastOrDefault();
        foreach (var queue in Queues)
        {
            Remove(queue, u => u.Id < oldest);
        }
    }

    private void Remove(long queue, Predicate<PendingUpdate> which)
    {
        if (_queues.TryGetValue(queue, out var waiting) && waiting.RemoveAll(which) > 0 && waiting is [])
        {
            _queues.Remove(queue);
        }
    }
}
