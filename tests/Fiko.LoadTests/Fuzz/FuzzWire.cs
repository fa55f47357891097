using System.Buffers.Binary;
using System.Net.Sockets;
using System.Text;

namespace Fiko.LoadTests.Fuzz;

/// <summary>Says what no WebSocket says, on the bare connection: reserved bits, frames without a mask, lengths that lie, control frames that are too long.</summary>
internal sealed class FuzzWire(FuzzClient client)
{
    // A frame that is not all there ends with the keepalive.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(75);

    // Besides those of docs/protocol.md: what the framework says to a peer that does not speak WebSocket.
    private static readonly int[] Expected = [1000, 1001, 1002, 1003, 1007, 1008, 1009, 1013, 4404, 4429];

    private readonly FuzzChance _chance = client.Chance;

    public async Task<int> BreakAsync(CancellationToken end)
    {
        var world = client.World;
        var path = _chance.OneIn(2) || world.Quick.Count == 0 ? "/ws/conversations/" : $"/ws/chat/{_chance.Pick(world.Quick)}/";
        using var tcp = new TcpClient { NoDelay = true };
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(end);
        patience.CancelAfter(Patience);
        await tcp.ConnectAsync(world.Address.Host, world.Address.Port, patience.Token);
        var stream = tcp.GetStream();
        var head = $"GET {path}?token={_chance.Pick(world.Tokens)} HTTP/1.1\r\nHost: {world.Address.Authority}\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: {Convert.ToBase64String(_chance.Bytes(16))}\r\n\r\n";
        var (bytes, breaks) = Frames();
        await client.SayAsync(breaks ? "wire, broken" : "wire", bytes, end);
        try
        {
            await stream.WriteAsync(Encoding.ASCII.GetBytes(head), patience.Token);
            await stream.WriteAsync(bytes, patience.Token);
            if (!breaks)
            {
                // Gone in the middle of it, with or without a reset.
                tcp.Client.LingerState = new LingerOption(_chance.OneIn(2), 0);
                return 1;
            }

            await HearAsync(stream, patience.Token);
        }
        catch (OperationCanceledException) when (!end.IsCancellationRequested)
        {
            throw new FuzzFinding("A broken WebSocket was neither closed nor cut");
        }
        catch (IOException)
        {
            client.Counted("wire reset");
        }

        return 1;
    }

    private async Task HearAsync(NetworkStream stream, CancellationToken ct)
    {
        var heard = await HearTheEndAsync(stream, ct);
        var head = heard.AsSpan().IndexOf("\r\n\r\n"u8);
        if (head < 0 || !heard.AsSpan().StartsWith("HTTP/1.1 101"u8))
        {
            throw new FuzzFinding($"The handshake was answered: {Encoding.ASCII.GetString(heard.AsSpan(0, Math.Min(heard.Length, 200)))}");
        }

        if (ClosedWith(heard.AsSpan(head + 4)) is not { } code)
        {
            client.Counted("wire cut");
        }
        else if (!Expected.Contains(code))
        {
            throw new FuzzFinding($"A broken WebSocket was closed with {code}");
        }
        else
        {
            client.Counted($"wire {code}");
        }
    }

    // Until the closing frame: the server keeps the connection a while longer, for our answer.
    private static async Task<byte[]> HearTheEndAsync(NetworkStream stream, CancellationToken ct)
    {
        using var all = new MemoryStream();
        var buffer = new byte[16 * 1024];
        while (await stream.ReadAsync(buffer, ct) is > 0 and var length)
        {
            all.Write(buffer, 0, length);
            var heard = all.ToArray();
            if (heard.AsSpan().IndexOf("\r\n\r\n"u8) is >= 0 and var head && ClosedWith(heard.AsSpan(head + 4)) is not null)
            {
                return heard;
            }
        }

        return all.ToArray();
    }

    /// <summary>The code of the closing frame among the server's frames; null where there is none.</summary>
    internal static int? ClosedWith(ReadOnlySpan<byte> frames)
    {
        while (frames.Length >= 2)
        {
            var (kind, small) = (frames[0] & 0x0F, frames[1] & 0x7F);
            var (skip, length) = small switch
            {
                126 when frames.Length >= 4 => (4, BinaryPrimitives.ReadUInt16BigEndian(frames[2..])),
                127 when frames.Length >= 10 => (10, (int)BinaryPrimitives.ReadInt64BigEndian(frames[2..])),
                _ => (2, small),
            };
            if (frames.Length < skip + length)
            {
                return null;
            }

            if (kind == 8)
            {
                return length >= 2 ? BinaryPrimitives.ReadUInt16BigEndian(frames[skip..]) : 1005;
            }

            frames = frames[(skip + length)..];
        }

        return null;
    }

    // Some good frames, and then one that must end the connection; or nothing that must.
    private (byte[] Bytes, bool Breaks) Frames()
    {
        var bytes = new List<byte>();
        for (var n = _chance.Below(4); n > 0; n--)
        {
            bytes.AddRange(Good());
        }

        if (_chance.OneIn(4))
        {
            // Half a frame, and nobody there any more.
            var half = Frame(0x81, new byte[_chance.Between(10, 60_000)]);
            return ([.. bytes, .. half[.._chance.Between(1, half.Length - 1)]], false);
        }

        bytes.AddRange(_chance.Below(11) switch
        {
            0 => Frame(0x81 | (_chance.Between(1, 7) << 4), "{}"u8.ToArray()),
            1 => [0x81, 0x08, .. "{\"a\": 1}"u8],
            2 => Frame(0x80 | _chance.Pick([3, 4, 5, 6, 7, 11, 12, 13, 14, 15]), _chance.Bytes(_chance.Below(100))),
            3 => Frame(0x80 | _chance.Pick([8, 9, 10]), new byte[_chance.Pick([126, 127, 5000])]),
            4 => Frame(_chance.Pick([8, 9, 10]), _chance.Bytes(10)),
            5 => Frame(0x88, [_chance.Pick<byte>([0, 1, 3])]),
            6 => Frame(0x88, [0, (byte)_chance.Pick([0, 1])]),
            7 => Frame(0x88, [0x03, 0xE8, 0xFF, 0xFE]),
            8 => Frame(0x80, "{}"u8.ToArray()),
            9 => [.. Frame(0x01, "{"u8.ToArray()), .. Frame(0x81, "}"u8.ToArray())],
            _ => [0x81, 0xFF, (byte)_chance.Pick([0x80, 0xFF, 0x7F]), .. _chance.Bytes(7), 0, 0, 0, 0, .. new byte[140_000]],
        });
        return ([.. bytes], true);
    }

    private byte[] Good() => _chance.Below(5) switch
    {
        0 => Frame(0x89, _chance.Bytes(_chance.Below(126))),
        1 => Frame(0x8A, _chance.Bytes(_chance.Below(126))),
        2 => [.. Frame(0x01, "{\"type\":"u8.ToArray()), .. Frame(0x89, []), .. Frame(0x00, []), .. Frame(0x80, "\"ping\"}"u8.ToArray())],
        3 => Frame(0x81, []),
        _ => Frame(0x81, "{\"type\":\"ping\"}"u8.ToArray()),
    };

    private byte[] Frame(int head, byte[] payload)
    {
        var mask = _chance.Bytes(4);
        byte[] length = payload.Length switch
        {
            < 126 => [(byte)(0x80 | payload.Length)],
            < 65536 => [0x80 | 126, (byte)(payload.Length >> 8), (byte)payload.Length],
            _ => [0x80 | 127, 0, 0, 0, 0, (byte)(payload.Length >> 24), (byte)(payload.Length >> 16), (byte)(payload.Length >> 8), (byte)payload.Length],
        };
        return [(byte)head, .. length, .. mask, .. payload.Select((b, n) => (byte)(b ^ mask[n % 4]))];
    }
}
