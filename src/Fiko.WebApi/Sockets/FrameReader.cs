using System.Buffers;
using System.Net.WebSockets;

namespace Fiko.WebApi.Sockets;

/// <summary>What came off a socket.</summary>
internal enum FrameKind
{
    Text,
    Binary,
    TooLong,

    /// <summary>The connection is over: closed by the peer, gone, or closed by the framework for what it sent.</summary>
    Over,
}

/// <summary>Puts frames together, never more of one than may come. A compressed one is inflated bit by bit, and ends at the same size.</summary>
internal sealed class FrameReader(WebSocket socket, int mostBytes)
{
    private byte[] _buffer = [];
    private int _length;

    /// <summary>The last frame, until it is given back.</summary>
    public ReadOnlyMemory<byte> Frame => _buffer.AsMemory(0, _length);

    /// <summary>Whether the framework closed it (broken UTF-8: 1007).</summary>
    public bool HasFaulted { get; private set; }

    public async Task<FrameKind> NextAsync(CancellationToken ct)
    {
        // Waits without a buffer: an idle socket holds none.
        var first = await ReceiveAsync(Memory<byte>.Empty, ct);
        if (first is null or { MessageType: WebSocketMessageType.Close })
        {
            return FrameKind.Over;
        }

        (_buffer, _length) = (ArrayPool<byte>.Shared.Rent(2048), 0);
        var part = first.Value;
        while (!part.EndOfMessage)
        {
            if (_length == _buffer.Length)
            {
                Grow();
            }

            if (await ReceiveAsync(_buffer.AsMemory(_length), ct) is not { } next || next.MessageType is WebSocketMessageType.Close)
            {
                return FrameKind.Over;
            }

            part = next;
            _length += part.Count;
            if (_length > mostBytes)
            {
                return FrameKind.TooLong;
            }
        }

        return part.MessageType is WebSocketMessageType.Binary ? FrameKind.Binary : FrameKind.Text;
    }

    public void GiveBack()
    {
        if (_buffer.Length > 0)
        {
            ArrayPool<byte>.Shared.Return(_buffer);
            (_buffer, _length) = ([], 0);
        }
    }

    private void Grow()
    {
        var larger = ArrayPool<byte>.Shared.Rent(_buffer.Length * 2);
        _buffer.CopyTo(larger, 0);
        ArrayPool<byte>.Shared.Return(_buffer);
        _buffer = larger;
    }

    private async ValueTask<ValueWebSocketReceiveResult?> ReceiveAsync(Memory<byte> buffer, CancellationToken ct)
    {
        try
        {
            return await socket.ReceiveAsync(buffer, ct);
        }
        catch (Exception gone) when (Farewell.IsGone(gone))
        {
            HasFaulted = gone is WebSocketException { WebSocketErrorCode: WebSocketError.Faulted };
            return null;
        }
    }
}
