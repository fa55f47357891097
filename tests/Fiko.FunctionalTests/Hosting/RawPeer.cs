using System.Buffers.Binary;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;

namespace Fiko.FunctionalTests.Hosting;

/// <summary>
/// A WebSocket client made by hand, because a proper one reads and answers pings by itself: it takes in nothing until it is
/// told to, and never says a word.
/// </summary>
public sealed class RawPeer : IDisposable
{
    private const int TextFrame = 1;
    private const int CloseFrame = 8;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly Uri _address;
    private readonly TcpClient _tcp = new() { ReceiveBufferSize = 4096, NoDelay = true };

    private RawPeer(Uri address) => _address = address;

    public static async Task<RawPeer> OpenAsync(Uri address)
    {
        var peer = new RawPeer(address);
        using var patience = new CancellationTokenSource(Patience);
        await peer._tcp.ConnectAsync(address.Host, address.Port, patience.Token);
        var request = $"""
            GET {address.PathAndQuery} HTTP/1.1
            Host: {address.Authority}
            Connection: Upgrade
            Upgrade: websocket
            Sec-WebSocket-Version: 13
            Sec-WebSocket-Key: {Convert.ToBase64String(Guid.NewGuid().ToByteArray())}


            """;
        await peer._tcp.GetStream().WriteAsync(Encoding.ASCII.GetBytes(request.ReplaceLineEndings("\r\n")), patience.Token);
        Assert.StartsWith("HTTP/1.1 101", await peer.ReadHeadAsync(patience.Token), StringComparison.Ordinal);
        return peer;
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
                if (kind is CloseFrame)
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
            var (kind, payload) = (head[0] & 0x0F, await ReadAsync(length, ct));
            if (kind == only || (only is null && kind is TextFrame or CloseFrame))
            {
                return (kind, payload);
            }
        }
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
