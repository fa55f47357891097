namespace Fiko.WebApi.Sockets;

/// <summary>
/// The frames of the log on their way to one socket, each once and in order. While a snapshot is read they are held back,
/// and then stand exactly before and after it (protocol.md, Resume: the same join holds for a fresh connect).
/// </summary>
internal sealed class LiveStream(SocketOutbox outbox, int mostHeld)
{
    private readonly Lock _lock = new();
    private readonly List<(long Position, ReadOnlyMemory<byte> Frame)> _held = [];
    private long _sent;
    private long _passUntil;
    private bool _holding = true;
    private bool _skipping;

    /// <summary>Where everything for this socket goes out.</summary>
    public SocketOutbox Outbox => outbox;

    /// <summary>Takes the next frame of the log. It begins on hold, until the first snapshot is there.</summary>
    public void Offer(long position, ReadOnlyMemory<byte> frame)
    {
        lock (_lock)
        {
            if (position <= _sent || _skipping)
            {
                return;
            }

            if (!_holding || position <= _passUntil)
            {
                _sent = position;
                outbox.Send(frame);
            }
            else if (_held.Count < mostHeld)
            {
                _held.Add((position, frame));
            }
            else
            {
                outbox.Close(CloseCode.TryAgainLater, "Too much at once");
            }
        }
    }

    /// <summary>Holds back what comes, because a snapshot is about to be read.</summary>
    public void Hold()
    {
        lock (_lock)
        {
            (_holding, _skipping) = (true, false);
        }
    }

    /// <summary>Keeps nothing of what comes until the next <see cref="Hold"/>: that is read from the log after it.</summary>
    public void Skip()
    {
        lock (_lock)
        {
            _skipping = true;
            _held.Clear();
        }
    }

    /// <summary>The snapshot shows this position: what led to it goes out before it, also what comes later still.</summary>
    public void PassUntil(long position)
    {
        lock (_lock)
        {
            _passUntil = position;
            SendHeld(position);
        }
    }

    /// <summary>The snapshot goes out, then what came after it, then what comes.</summary>
    /// <param name="position">What the snapshot shows: nothing up to there follows it.</param>
    /// <param name="snapshot">Frames, in order.</param>
    public void Release(long position, IEnumerable<ReadOnlyMemory<byte>> snapshot)
    {
        lock (_lock)
        {
            outbox.SendAnswer(snapshot);
            _sent = Math.Max(_sent, position);
            SendHeld(long.MaxValue);
            (_holding, _passUntil) = (false, 0);
        }
    }

    /// <summary>There is no snapshot after all.</summary>
    public void Release() => Release(0, []);

    private void SendHeld(long until)
    {
        foreach (var (position, frame) in _held)
        {
            if (position <= until && position > _sent)
            {
                _sent = position;
                outbox.Send(frame);
            }
        }

        _held.RemoveAll(h => h.Position <= until);
    }
}
