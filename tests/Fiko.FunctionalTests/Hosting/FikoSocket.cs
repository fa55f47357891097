using System.Net.WebSockets;
using System.Text;
using System.Text.Json;
using System.Threading.Channels;

namespace Fiko.FunctionalTests.Hosting;

/// <summary>A real socket on the server, as a frontend holds one. Every wait ends: with what was waited for, or with all that came instead.</summary>
public sealed class FikoSocket : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly ClientWebSocket _socket = new();
    private readonly Channel<JsonElement> _frames = Channel.CreateUnbounded<JsonElement>();
    private readonly List<JsonElement> _heard = [];
    private Task _reading = Task.CompletedTask;
    private readonly Uri _address;
    private int? _closedWith;
    private DriftException? _drift;

    private FikoSocket(Uri address) => _address = address;

    /// <summary>Every frame so far, in order.</summary>
    public IReadOnlyList<JsonElement> Heard
    {
        get
        {
            lock (_heard)
            {
                return [.. _heard];
            }
        }
    }

    /// <summary>Told of each frame the moment it comes.</summary>
    public Action<JsonElement>? Hears { get; set; }

    public bool IsOpen => _socket.State is WebSocketState.Open;

    public string? SubProtocol => _socket.SubProtocol;

    public static async Task<FikoSocket> OpenAsync(Uri address, Action<ClientWebSocketOptions>? configure = null)
    {
        var socket = new FikoSocket(address);
        configure?.Invoke(socket._socket.Options);
        using var patience = new CancellationTokenSource(Patience);
        await socket._socket.ConnectAsync(address, patience.Token);
        socket._reading = Task.Run(socket.ReadAsync);
        return socket;
    }

    public Task SendAsync(object frame) => SendTextAsync(JsonSerializer.Serialize(frame));

    public Task SendTextAsync(string text) => SendBytesAsync(Encoding.UTF8.GetBytes(text), WebSocketMessageType.Text);

#pragma warning disable RS0030 // The client's side; the ban keeps the server's sockets to one writer.
    public Task SendBytesAsync(byte[] bytes, WebSocketMessageType type, bool endOfMessage = true) =>
        _socket.SendAsync(bytes, type, endOfMessage, CancellationToken.None);
#pragma warning restore RS0030

    /// <summary>The next frame, whatever it is.</summary>
    public Task<JsonElement> NextAsync() => NextAsync(_ => true, "any frame");

    /// <summary>The next frame of a type; others before it are passed over (and stay in <see cref="Heard"/>).</summary>
    public Task<JsonElement> NextAsync(string type) => NextAsync(f => TypeOf(f) == type, type);

    public async Task<JsonElement> NextAsync(Func<JsonElement, bool> wanted, string what)
    {
        using var patience = new CancellationTokenSource(Patience);
        try
        {
            while (true)
            {
                var frame = await _frames.Reader.ReadAsync(patience.Token);
                if (wanted(frame))
                {
                    return frame;
                }
            }
        }
        catch (Exception missed) when (missed is OperationCanceledException or ChannelClosedException)
        {
            ThrowDrift();
            var heard = string.Join("\n", Heard.Select(f => f.GetRawText()));
            throw new TimeoutException($"Waited for {what} ({(missed is ChannelClosedException ? $"closed with {_closedWith}" : "still open")}), heard:\n{heard}", missed);
        }
    }

    /// <summary>Asks for a pong and returns the frames that came before it: what was sent until now has been heard.</summary>
    public async Task<IReadOnlyList<JsonElement>> DrainAsync()
    {
        await SendAsync(new { type = "ping" });
        var before = new List<JsonElement>();
        await NextAsync(
            frame =>
            {
                if (TypeOf(frame) == "pong")
                {
                    return true;
                }

                before.Add(frame);
                return false;
            },
            "pong");
        return before;
    }

    /// <summary>The code that the server closed with.</summary>
    public async Task<int?> ClosedAsync()
    {
        await _reading.WaitAsync(Patience);
        return _closedWith;
    }

    /// <summary>What stood beside that code.</summary>
    public string? CloseReason => _socket.CloseStatusDescription;

    public static string? TypeOf(JsonElement frame) => frame.GetProperty("type").GetString();

    public async ValueTask DisposeAsync()
    {
        if (_socket.State is WebSocketState.Open or WebSocketState.CloseReceived)
        {
            using var patience = new CancellationTokenSource(Patience);
            try
            {
                await _socket.CloseOutputAsync(WebSocketCloseStatus.NormalClosure, null, patience.Token);
                await _reading.WaitAsync(patience.Token);
            }
            catch (Exception gone) when (gone is WebSocketException or OperationCanceledException)
            {
                // The server was faster.
            }
        }

        _socket.Dispose();
        ThrowDrift();
    }

    private void ThrowDrift()
    {
        if (Interlocked.Exchange(ref _drift, null) is { } drift)
        {
            throw drift;
        }
    }

    /// <summary>Gone without a word, as when a laptop is shut.</summary>
    public void Abort() => _socket.Abort();

    private async Task ReadAsync()
    {
        var buffer = new byte[256 * 1024];
        try
        {
            while (true)
            {
                using var frame = new MemoryStream();
                ValueWebSocketReceiveResult part;
                do
                {
                    part = await _socket.ReceiveAsync(buffer.AsMemory(), CancellationToken.None);
                    if (part.MessageType is WebSocketMessageType.Close)
                    {
                        // Kept now: when the server is gone before our answer, the framework forgets the code.
                        _closedWith = (int?)_socket.CloseStatus;
                        await _socket.CloseOutputAsync(WebSocketCloseStatus.NormalClosure, null, CancellationToken.None);
                        return;
                    }

                    frame.Write(buffer, 0, part.Count);
                }
                while (!part.EndOfMessage);

                var heard = JsonDocument.Parse(frame.ToArray()).RootElement;
                if (SocketContract.Check(_address, heard) is { } drift)
                {
                    _drift ??= drift;
                    return;
                }

                lock (_heard)
                {
                    _heard.Add(heard);
                }

                _frames.Writer.TryWrite(heard);
                Hears?.Invoke(heard);
            }
        }
        catch (Exception gone) when (gone is WebSocketException or OperationCanceledException or ObjectDisposedException)
        {
            // Cut; what was heard until then stands.
        }
        finally
        {
            _frames.Writer.TryComplete();
        }
    }
}
