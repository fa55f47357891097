using System.Collections.Concurrent;
using Fiko.Application.Webhooks;

namespace Fiko.Infrastructure.Webhooks;

/// <summary>What this server knows of one subscription between two of its turns. Everything in it can be found in the database again.</summary>
internal sealed class WebhookLane
{
    private readonly ConcurrentQueue<EndedAttempt> _ended = new();
    private int _sending;
    private int _behind;

    /// <summary>Calls that are not answered yet.</summary>
    public int Sending => Volatile.Read(ref _sending);

    public bool HasEnded => !_ended.IsEmpty;

    /// <summary>When an alarm is set to ring; only the lane's own turn touches it.</summary>
    public DateTimeOffset? RingsAt { get; set; }

    /// <summary>The log may hold more than was queued.</summary>
    public void FallBehind() => Volatile.Write(ref _behind, 1);

    /// <summary>Taken before the log is read: news that comes meanwhile is news for the next turn.</summary>
    public bool TakeBehind() => Interlocked.Exchange(ref _behind, 0) == 1;

    public void Begin(int calls) => Interlocked.Add(ref _sending, calls);

    public void End(EndedAttempt? attempt)
    {
        if (attempt is not null)
        {
            _ended.Enqueue(attempt);
        }

        Interlocked.Decrement(ref _sending);
    }

    public List<EndedAttempt> TakeEnded()
    {
        var taken = new List<EndedAttempt>();
        while (_ended.TryDequeue(out var attempt))
        {
            taken.Add(attempt);
        }

        return taken;
    }

    /// <summary>Their turn failed; the next one tells of them.</summary>
    public void PutBack(List<EndedAttempt> ended) => ended.ForEach(_ended.Enqueue);
}
