namespace Fiko.Infrastructure.Deliveries;

/// <summary>Calls back at given times, all on one timer. In memory: what must not be forgotten stands in the database as well.</summary>
internal sealed class Alarms<T> : IDisposable
{
    // A timer takes no more than 49 days; one that rings for nothing is wound again.
    private static readonly TimeSpan LongestWait = TimeSpan.FromDays(1);

    private readonly Lock _lock = new();
    private readonly PriorityQueue<T, DateTimeOffset> _due = new();
    private readonly TimeProvider _time;
    private readonly Action<T> _ring;
    private readonly ITimer _timer;

    public Alarms(TimeProvider time, Action<T> ring)
    {
        (_time, _ring) = (time, ring);
        _timer = time.CreateTimer(_ => Ring(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    public void Set(T what, DateTimeOffset at)
    {
        lock (_lock)
        {
            _due.Enqueue(what, at);
            Wind();
        }
    }

    public void Dispose() => _timer.Dispose();

    private void Ring()
    {
        var due = new List<T>();
        lock (_lock)
        {
            while (_due.TryPeek(out _, out var at) && at <= _time.GetUtcNow())
            {
                due.Add(_due.Dequeue());
            }

            Wind();
        }

        due.ForEach(_ring);
    }

    private void Wind()
    {
        if (_due.TryPeek(out _, out var at))
        {
            var wait = at - _time.GetUtcNow() is var left && left < LongestWait ? left : LongestWait;

            // A timer may fire a little early; a millisecond more keeps it from ringing twice.
            _timer.Change(wait > TimeSpan.Zero ? wait + TimeSpan.FromMilliseconds(1) : TimeSpan.Zero, Timeout.InfiniteTimeSpan);
        }
    }
}
