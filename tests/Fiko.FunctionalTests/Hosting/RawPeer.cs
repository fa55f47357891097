using System.Buffers.Binary;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;

namespace Fiko.FunctionalTests.Hosting;

/// <summary>
/// A WebSocket client made by hand, because a proper one reads and answers pings by itself: it takes in and says nothing until
/// it is told to.
/// </summary>
public sealed class RawPeer : IDisposable
{
    private const int TextFrame = 1;
    private const int CloseFrame = 8;
    private const int KindOnly = 0x0F;
    private const int Final = 0x80;
    private const int Masked = 0x80;
    private const int Compressed = 0x40;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly Uri _address;
    private readonly TcpClient _tcp = new() { ReceiveBufferSize = 4096, NoDelay = true };

    private RawPeer(Uri address) => _address = address;

    /// <summary>What the handshake was answered with.</summary>
    public string Head { get; private set; } = "";

    public static async Task<RawPeer> OpenAsync(Uri address, string? extensions = null)
    {
        var peer = await KnockAsync(address, extensions);
        Assert.StartsWith("HTTP/1.1 101", peer.Head, StringComparison.Ordinal);
        return peer;
    }

    /// <summary>Asks for a socket, whatever the answer is.</summary>
    public static async Task<RawPeer> KnockAsync(Uri address, string? extensions = null)
    {
        var request = $"""
            GET {address.PathAndQuery} HTTP/1.1
            Host: {address.Authority}
            Connection: Upgrade
            Upgrade: websocket
            Sec-WebSocket-Version: 13
            Sec-WebSocket-Key: {Convert.ToBase64String(Guid.NewGuid().ToByteArray())}
            """;
        var asked = extensions is null ? request : $"{request}\nSec-WebSocket-Extensions: {extensions}";
        var peer = await ConnectAsync(address, $"{asked}\n\n".ReplaceLineEndings("\r\n"));
        using var patience = new CancellationTokenSource(Patience);
        peer.Head = await peer.ReadHeadAsync(patience.Token);
        return peer;
    }

    /// <summary>Connects and says this, whatever it is the beginning of.</summary>
    public static async Task<RawPeer> ConnectAsync(Uri address, string begin)
    {
        var peer = new RawPeer(address);
        using var patience = new CancellationTokenSource(Patience);
        await peer._tcp.ConnectAsync(address.Host, address.Port, patience.Token);
        await peer._tcp.GetStream().WriteAsync(Encoding.ASCII.GetBytes(begin), patience.Token);
        return peer;
    }

    /// <summary>Everything that comes until the server ends the connection.</summary>
    public async Task<string> ReadAllAsync()
    {
        using var patience = new CancellationTokenSource(Patience);
        using var all = new MemoryStream();
        try
        {
            await _tcp.GetStream().CopyToAsync(all, patience.Token);
        }
        catch (IOException)
        {
            // Reset instead of closed: over all the same.
        }

        return Encoding.ASCII.GetString(all.ToArray());
    }

    /// <summary>Whatever comes next.</summary>
    public async Task ReadSomeAsync()
    {
        using var patience = new CancellationTokenSource(Patience);
        Assert.NotEqual(0, await _tcp.GetStream().ReadAsync(new byte[1024], patience.Token));
    }

    public Task SayAsync(object frame) => SendAsync(TextFrame, JsonSerializer.SerializeToUtf8Bytes(frame));

    public Task SayTextAsync(string text) => SendAsync(TextFrame, Encoding.UTF8.GetBytes(text));

    /// <summary>Cuts the connection in the middle of whatever is under way.</summary>
    public void Reset()
    {
        _tcp.Client.LingerState = new LingerOption(true, 0);
        _tcp.Dispose();
    }

    /// <summary>A text that was compressed before.</summary>
    public Task SendDeflatedAsync(byte[] deflated) => SendAsync(Compressed | TextFrame, deflated);

    /// <summary>The next text as it came: whether it was compressed, and its bytes.</summary>
    public async Task<(bool IsCompressed, byte[] Payload)> NextRawAsync()
    {
        using var patience = new CancellationTokenSource(Patience);
        var (head, payload) = await ReadFrameAsync(TextFrame, patience.Token);
        return ((head & Compressed) != 0, payload);
    }

    /// <summary>Reads the next frame of JSON; what comes after it stays unread.</summary>
    public async Task<JsonElement> NextAsync()
    {
        using var patience = new CancellationTokenSource(Patience);
        return Read((await ReadFrameAsync(TextFrame, patience.Token)).Payload);
    }

    /// <summary>Reads on until the connection ends.</summary>
    /// <returns>The frames, and the code of the closing frame; null where the connection was cut.</returns>
    public async Task<(List<JsonElement> Frames, int? Code)> ReadToTheEndAsync()
    {
        using var patience = new CancellationTokenSource(Patience);
        var frames = new List<JsonElement>();
        try
        {
            while (true)
            {
                var (kind, payload) = await ReadFrameAsync(null, patience.Token);
                if ((kind & KindOnly) is CloseFrame)
                {
                    return (frames, BinaryPrimitives.ReadUInt16BigEndian(payload));
                }

                frames.Add(Read(payload));
            }
        }
        catch (IOException)
        {
            return (frames, null);
        }
    }

    public void Dispose() => _tcp.Dispose();

    private async Task<(int Kind, byte[] Payload)> ReadFrameAsync(int? only, CancellationToken ct)
    {
        while (true)
        {
            var head = await ReadAsync(2, ct);
            var length = head[1] switch
            {
                126 => BinaryPrimitives.ReadUInt16BigEndian(await ReadAsync(2, ct)),
                127 => checked((int)BinaryPrimitives.ReadInt64BigEndian(await ReadAsync(8, ct))),
                var small => small,
            };
            var (kind, payload) = (head[0] & KindOnly, await ReadAsync(length, ct));
            if (kind == only || (only is null && kind is TextFrame or CloseFrame))
            {
                return (head[0], payload);
            }
        }
    }

    // A client has to mask what it sends; a mask of zeros leaves it as it is.
    private async Task SendAsync(int head, byte[] payload)
    {
        using var patience = new CancellationTokenSource(Patience);
        byte[] length = payload.Length switch
        {
            < 126 => [(byte)(Masked | payload.Length)],
            < 65536 => [Masked | 126, (byte)(payload.Length >> 8), (byte)payload.Length],
            _ => [Masked | 127, 0, 0, 0, 0, (byte)(payload.Length >> 24), (byte)(payload.Length >> 16), (byte)(payload.Length >> 8), (byte)payload.Length],
        };
        await _tcp.GetStream().WriteAsync((byte[])[(byte)(Final | head), .. length, 0, 0, 0, 0, .. payload], patience.Token);
    }

    private JsonElement Read(byte[] payload)
    {
        var frame = JsonDocument.Parse(payload).RootElement;
        return SocketContract.Check(_address, frame) is { } drift ? throw drift : frame;
    }

    private async Task<string> ReadHeadAsync(CancellationToken ct)
    {
        var head = new StringBuilder();
        while (!head.ToString().EndsWith("\r\n\r\n", StringComparison.Ordinal))
        {
            head.Append((char)(await ReadAsync(1, ct))[0]);
        }

        return head.ToString();
    }

    private async Task<byte[]> ReadAsync(int count, CancellationToken ct)
    {
        var bytes = new byte[count];
        await _tcp.GetStream().ReadExactlyAsync(bytes, ct);
        return bytes;
    }
}
