using System.Net.WebSockets;

namespace Fiko.WebApi.Sockets;

/// <summary>
/// Everybody may speak, one writes. The queue is bounded: frames of the moment give way first (the newest of a key wins),
/// and a peer that has stopped reading is closed with 1013, so that it harms only itself. Nothing runs while it is empty.
/// </summary>
internal sealed class SocketOutbox(AcceptedSocket accepted, SocketOptions options, TimeProvider time)
{
    private readonly Lock _lock = new();
    private readonly WebSocket _socket = accepted.Socket;
    private readonly LinkedList<Item> _queue = [];
    private readonly TaskCompletionSource _goodbye = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _closed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _count;
    private int _bytes;
    private bool _writing;
    private bool _closing;

    /// <summary>Done when our closing frame is out, or can't be any more.</summary>
    public Task Closed => _closed.Task;

    /// <returns>False where the peer is too slow, and is being closed.</returns>
    public bool Send(ReadOnlyMemory<byte> frame) => Add(new Item(frame, Key: null));

    /// <summary>
    /// Part of an answer to this socket: it always fits, or a socket that missed much could never resume. What is
    /// unasked for is bounded by itself beside it.
    /// </summary>
    public void SendAnswer(ReadOnlyMemory<byte> frame) => Add(new Item(frame, Key: null) { IsAnswer = true });

    /// <summary>May be dropped, or replaced by a newer one of its key.</summary>
    public void SendMomentary(string key, ReadOnlyMemory<byte> frame)
    {
        lock (_lock)
        {
            if (!IsCrowded(0.5))
            {
                Add(new Item(frame, key));
                return;
            }

            // The last of its key: before that one, the newest would be heard first and contradicted afterwards.
            for (var node = _queue.Last; node is not null; node = node.Previous)
            {
                if (node.Value.Key == key)
                {
                    _bytes += frame.Length - node.Value.Frame.Length;
                    node.Value = new Item(frame, key);
                    return;
                }
            }
        }
    }

    /// <summary>Closes after what is queued.</summary>
    public void Close(WebSocketCloseStatus status, string reason)
    {
        lock (_lock)
        {
            if (!_closing)
            {
                Add(new Item(default, Key: null, status, reason));
                BeginClosing();
            }
        }
    }

    private bool Add(Item item)
    {
        lock (_lock)
        {
            if (_closing)
            {
                return true;
            }

            var fits = item.Status is not null || item.IsAnswer || !IsCrowded(1) || MakeRoom();
            if (!fits)
            {
                _queue.Clear();
                (_count, _bytes) = (0, 0);
                BeginClosing();
                item = new Item(default, Key: null, CloseCode.TryAgainLater, "Reads too slowly");
            }

            _queue.AddLast(item);
            Count(item, 1);
            if (!_writing)
            {
                _writing = true;
                _ = Task.Run(WriteAsync);
            }

            return fits;
        }
    }

    // What passes with the moment goes before a message is refused.
    private bool MakeRoom()
    {
        for (var node = _queue.First; node is not null;)
        {
            var next = node.Next;
            if (node.Value.Key is not null)
            {
                _queue.Remove(node);
                Count(node.Value, -1);
            }

            node = next;
        }

        return !IsCrowded(1);
    }

    private void BeginClosing()
    {
        _closing = true;
        _goodbye.TrySetResult();
    }

    private bool IsCrowded(double share) => _count >= options.SendQueueFrames * share || _bytes >= options.SendQueueBytes * share;

    private void Count(Item item, int sign)
    {
        if (!item.IsAnswer)
        {
            _count += sign;
            _bytes += sign * item.Frame.Length;
        }
    }

    private async Task WriteAsync()
    {
        try
        {
            while (Next() is { } item)
            {
                if (item.Status is { } status)
                {
                    await CloseOutputAsync(status, item.Reason);
                    return;
                }

                await WriteOneAsync(item.Frame);
            }
        }
        catch (Exception broken) when (Farewell.IsGone(broken))
        {
            // The connection is gone; the reading side finds that too, and cleans up.
            Seal();
            _socket.Abort();
        }
    }

    private Item? Next()
    {
        lock (_lock)
        {
            if (_queue.First is not { } first)
            {
                _writing = false;
                return null;
            }

            _queue.RemoveFirst();
            Count(first.Value, -1);
            return first.Value;
        }
    }

    // The only place that sends; everywhere else the symbol is banned. A write that a closing peer never takes is cut off.
#pragma warning disable RS0030
    private async Task WriteOneAsync(ReadOnlyMemory<byte> frame)
    {
        var writing = _socket.SendAsync(frame, WebSocketMessageType.Text, endOfMessage: true, CancellationToken.None);
        if (!writing.IsCompletedSuccessfully)
        {
            await CutOffWhenClosingAsync(writing.AsTask());
        }
    }
#pragma warning restore RS0030

    // The peer has its time from our goodbye on, however long it had not read before that.
    private async Task CutOffWhenClosingAsync(Task writing)
    {
        if (await Task.WhenAny(writing, _goodbye.Task) != writing && await Task.WhenAny(writing, Task.Delay(options.CloseTimeout, time)) != writing)
        {
            accepted.Cut();
        }

        await writing;
    }

    private async Task CloseOutputAsync(WebSocketCloseStatus status, string? reason)
    {
        if (_socket.State is WebSocketState.Open or WebSocketState.CloseReceived)
        {
            await _socket.CloseOutputAsync(status, reason, CancellationToken.None).WaitAsync(options.CloseTimeout, time).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        Seal();
    }

    private void Seal()
    {
        lock (_lock)
        {
            BeginClosing();
            _queue.Clear();
        }

        _closed.TrySetResult();
    }

    private sealed record Item(ReadOnlyMemory<byte> Frame, string? Key, WebSocketCloseStatus? Status = null, string? Reason = null)
    {
        public bool IsAnswer { get; init; }
    }
}
