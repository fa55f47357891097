using Fiko.Infrastructure.Backplane;
using Fiko.Infrastructure.Persistence;

namespace Fiko.Infrastructure.Realtime;

/// <summary>
/// How far one workspace's log has been handed to the sockets, how far it is known to go, and whose turn it is to hand on the
/// next: one reader at a time.
/// </summary>
internal sealed class FeedProgress
{
    private const int MostBrought = 256;
    private const int MostOwn = 1024;

    private readonly Lock _lock = new();
    private readonly PriorityQueue<TaskCompletionSource, long> _waiting = new();
    private readonly Dictionary<long, EventFrames> _brought = [];
    private readonly Queue<LogRange> _own = [];
    private long _delivered;
    private long _known;
    private bool _reading = true;
    private bool _over;

    /// <summary>The last position that was handed on.</summary>
    public long Delivered
    {
        get
        {
            lock (_lock)
            {
                return _delivered;
            }
        }
    }

    /// <summary>Whether there is more than was handed on.</summary>
    public bool IsBehind
    {
        get
        {
            lock (_lock)
            {
                return _known > _delivered;
            }
        }
    }

    /// <summary>Everything up to there is older than the first socket.</summary>
    public void Begin(long head)
    {
        lock (_lock)
        {
            (_delivered, _reading) = (head, false);
        }
    }

    /// <summary>Nobody listens any more.</summary>
    public void End()
    {
        lock (_lock)
        {
            _over = true;
            while (_waiting.TryDequeue(out var waiter, out _))
            {
                waiter.TrySetCanceled();
            }
        }
    }

    /// <summary>There are events up to there.</summary>
    /// <returns>Whether the caller has to read them: nobody else does.</returns>
    public bool TryStartReading(long head)
    {
        lock (_lock)
        {
            _known = Math.Max(_known, head);
            if (_reading || _known <= _delivered || _over)
            {
                return false;
            }

            return _reading = true;
        }
    }

    /// <returns>Whether the reader may stop: there is nothing more.</returns>
    public bool TryStopReading()
    {
        lock (_lock)
        {
            _reading = _known > _delivered;
            return !_reading;
        }
    }

    /// <summary>A hint that no row bears out, from a database that was set back.</summary>
    public void ForgetHint()
    {
        lock (_lock)
        {
            _known = _delivered;
        }
    }

    /// <summary>This server has appended there, and tells the others what it makes of it.</summary>
    public void NoteOwn(LogRange added)
    {
        lock (_lock)
        {
            // Beyond that the others look by themselves, at the hint that the next of them brings.
            if (_own.Count < MostOwn)
            {
                _own.Enqueue(added);
            }
        }
    }

    public bool IsOwn(long position)
    {
        lock (_lock)
        {
            foreach (var own in _own)
            {
                if (own.First <= position && position <= own.Last)
                {
                    return true;
                }
            }

            return false;
        }
    }

    /// <summary>Frames that another server has made.</summary>
    /// <returns>Whether they are the next, and the caller is to hand them on as the reader that it has become; otherwise they are kept for the reader.</returns>
    public bool TryTakeTurn(EventFrames frames)
    {
        lock (_lock)
        {
            if (!_reading && !_over && frames.Position == _delivered + 1)
            {
                return _reading = true;
            }

            if (frames.Position > _delivered && _brought.Count < MostBrought)
            {
                _brought[frames.Position] = frames;
            }

            return false;
        }
    }

    /// <summary>The next event's frames, where another server has brought them.</summary>
    public EventFrames? TakeNext()
    {
        lock (_lock)
        {
            return _brought.Remove(_delivered + 1, out var next) ? next : null;
        }
    }

    /// <summary>An event was handed on.</summary>
    public void Advance(long position)
    {
        lock (_lock)
        {
            _delivered = position;
            _known = Math.Max(_known, position);
            _brought.Remove(position);
            while (_own.TryPeek(out var own) && own.Last <= position)
            {
                _own.Dequeue();
            }

            while (_waiting.TryPeek(out var waiter, out var wanted) && wanted <= position)
            {
                _waiting.Dequeue();
                waiter.TrySetResult();
            }
        }
    }

    /// <summary>Done when a position was handed on.</summary>
    public Task ReachedAsync(long position)
    {
        lock (_lock)
        {
            if (_delivered >= position || _over)
            {
                return Task.CompletedTask;
            }

            var waiter = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            _waiting.Enqueue(waiter, position);
            return waiter.Task;
        }
    }
}
