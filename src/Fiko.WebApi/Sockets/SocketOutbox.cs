using System.Net.WebSockets;
using Item = Fiko.WebApi.Sockets.OutboxQueue.Item;

namespace Fiko.WebApi.Sockets;

/// <summary>
/// Everybody may speak, one writes. The queue is bounded: frames of the moment give way first (the newest of a key wins),
/// and a peer that has stopped reading is closed with 1013, so that it harms only itself. Nothing runs while it is empty.
/// </summary>
internal sealed class SocketOutbox(AcceptedSocket accepted, SocketOptions options, TimeProvider time)
{
    private readonly Lock _lock = new();
    private readonly WebSocket _socket = accepted.Socket;
    private readonly OutboxQueue _queue = new(options);
    private readonly TaskCompletionSource _goodbye = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _closed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private TaskCompletionSource? _answersTaken;
    private bool _writing;
    private bool _closing;

    /// <summary>Done when our closing frame is out, or can't be any more.</summary>
    public Task Closed => _closed.Task;

    /// <returns>False where the peer is too slow, and is being closed.</returns>
    public bool Send(ReadOnlyMemory<byte> frame) => Add(new Item(frame, Key: null));

    /// <summary>
    /// An answer to this socket: it fits as a whole, or a socket that missed much could never resume. What is unasked for is
    /// bounded by itself beside it. Who goes on asking and does not read is too slow all the same.
    /// </summary>
    public void SendAnswer(params IEnumerable<ReadOnlyMemory<byte>> frames)
    {
        lock (_lock)
        {
            if (_queue.IsAskedTooMuch)
            {
                GiveUp();
                return;
            }

            var kind = _queue.HoldsAnswer ? OutboxQueue.AnswerKind.Further : OutboxQueue.AnswerKind.First;
            foreach (var frame in frames)
            {
                Add(new Item(frame, Key: null) { Answer = kind });
            }
        }
    }

    /// <summary>Done when no answer waits: the last one is being written, or nothing will be any more.</summary>
    public Task AnswersTakenAsync()
    {
        lock (_lock)
        {
            if (_closing || !_queue.HoldsAnswer)
            {
                return Task.CompletedTask;
            }

            _answersTaken ??= new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            return _answersTaken.Task;
        }
    }

    /// <summary>May be dropped, or replaced by a newer one of its key.</summary>
    public void SendMomentary(string key, ReadOnlyMemory<byte> frame)
    {
        lock (_lock)
        {
            var item = new Item(frame, key);
            if (_queue.IsCrowded(0.5))
            {
                _queue.Replace(item);
            }
            else
            {
                Add(item);
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

            var fits = item.Status is not null || item.Answer is not OutboxQueue.AnswerKind.None || !_queue.IsCrowded(1) || _queue.MakeRoom();
            if (fits)
            {
                Enqueue(item);
            }
            else
            {
                GiveUp();
            }

            return fits;
        }
    }

    private void GiveUp()
    {
        if (!_closing)
        {
            _queue.Clear();
            BeginClosing();
            Enqueue(new Item(default, Key: null, CloseCode.TryAgainLater, "Reads too slowly"));
        }
    }

    private void Enqueue(Item item)
    {
        _queue.Add(item);
        if (!_writing)
        {
            _writing = true;
            _ = Task.Run(WriteAsync);
        }
    }

    private void BeginClosing()
    {
        _closing = true;
        _goodbye.TrySetResult();
        TellAnswersTaken();
    }

    private void TellAnswersTaken()
    {
        _answersTaken?.TrySetResult();
        _answersTaken = null;
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
            var next = _queue.Take();
            _writing = next is not null;
            if (!_queue.HoldsAnswer)
            {
                TellAnswersTaken();
            }

            return next;
        }
    }

    // The only place that sends; everywhere else the symbol is banned. A write that a closing peer never takes is cut off.
#pragma warning disable RS0030
    private async Task WriteOneAsync(ReadOnlyMemory<byte> frame)
    {
        var how = options.Compression && HoldsSecret(frame.Span) ? WebSocketMessageFlags.EndOfMessage | WebSocketMessageFlags.DisableCompression : WebSocketMessageFlags.EndOfMessage;
        var writing = _socket.SendAsync(frame, WebSocketMessageType.Text, how, CancellationToken.None);
        if (!writing.IsCompletedSuccessfully)
        {
            await CutOffWhenClosingAsync(writing.AsTask());
        }
    }
#pragma warning restore RS0030

    // The size of what is compressed tells how much a secret has in common with the text beside it. The signature of a file's
    // link is the one secret that frames carry; who writes the word as a text only loses the compression.
    private static bool HoldsSecret(ReadOnlySpan<byte> frame) => frame.IndexOf("signature="u8) >= 0;

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
}
