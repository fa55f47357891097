using System.Buffers.Binary;
using System.Net.Sockets;
using System.Text;

namespace Fiko.LoadTests;

/// <summary>
/// A client that talks without end, and comes back about a second after it is closed, whatever the code says. It writes its frames by hand,
/// several at once: made one by one, they would cost the machine more than the server that is asked about.
/// </summary>
internal sealed class Flooder(Uri address, int framesPerSecond)
{
    private const int WritesPerSecond = 50;

    private static readonly string[] Mix =
    [
        """{"type":"ping"}""", """{"type":"typing","is_typing":true}""", """{"type":"typing","is_typing":false}""",
        """{"type":"no_such_thing"}""", """{"type":""", "not json at all", """{"type":"get_messages","limit":"many"}""", "[]",
    ];

    private readonly byte[] _frames = [.. Enumerable.Range(0, framesPerSecond / WritesPerSecond).SelectMany(n => Masked(Mix[n % Mix.Length]))];
    private long _sent;

    public long Sent => Interlocked.Read(ref _sent);

    /// <summary>Answers that said <c>rate_limited</c>.</summary>
    public long Refused { get; private set; }

    public int Closed4429 { get; private set; }

    public int ClosedOtherwise { get; private set; }

    public async Task RunAsync(CancellationToken end)
    {
        while (!end.IsCancellationRequested)
        {
            // By chance: if all came back in the same moment, it would be that moment which is measured.
            await Task.Delay(TimeSpan.FromMilliseconds(Random.Shared.Next(500, 1500)), TimeProvider.System, end).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            try
            {
                using var tcp = new TcpClient { NoDelay = true };
                await tcp.ConnectAsync(address.Host, address.Port, end);
                await using var wire = new BufferedStream(tcp.GetStream(), 16 * 1024);
                await ShakeHandsAsync(tcp.GetStream(), wire, end);
                using var over = CancellationTokenSource.CreateLinkedTokenSource(end);
                var talking = TalkAsync(tcp.GetStream(), over.Token);
                await ListenAsync(wire, end);
                await over.CancelAsync();
                await talking;
            }
            catch (Exception gone) when (gone is IOException or SocketException or OperationCanceledException)
            {
                ClosedOtherwise += end.IsCancellationRequested ? 0 : 1;
            }
        }
    }

    private async Task ShakeHandsAsync(NetworkStream to, Stream from, CancellationToken ct)
    {
        var head = $"GET {address.PathAndQuery} HTTP/1.1\r\nHost: {address.Authority}\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n" +
            "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\n\r\n";
        await to.WriteAsync(Encoding.ASCII.GetBytes(head), ct);
        var one = new byte[1];
        for (var line = ""; !line.EndsWith("\r\n\r\n", StringComparison.Ordinal); line += (char)one[0])
        {
            await from.ReadExactlyAsync(one, ct);
        }
    }

    private async Task TalkAsync(NetworkStream to, CancellationToken ct)
    {
        try
        {
            using var tick = new PeriodicTimer(TimeSpan.FromSeconds(1.0 / WritesPerSecond));
            while (await tick.WaitForNextTickAsync(ct))
            {
                await to.WriteAsync(_frames, ct);
                Interlocked.Add(ref _sent, framesPerSecond / WritesPerSecond);
            }
        }
        catch (Exception gone) when (gone is IOException or OperationCanceledException)
        {
            // The reading side tells why.
        }
    }

    private async Task ListenAsync(Stream from, CancellationToken ct)
    {
        var head = new byte[10];
        var payload = new byte[64 * 1024];
        while (true)
        {
            await from.ReadExactlyAsync(head.AsMemory(0, 2), ct);
            var length = (long)head[1];
            if (length >= 126)
            {
                var size = length == 126 ? 2 : 8;
                await from.ReadExactlyAsync(head.AsMemory(2, size), ct);
                length = size == 2 ? BinaryPrimitives.ReadUInt16BigEndian(head.AsSpan(2)) : BinaryPrimitives.ReadInt64BigEndian(head.AsSpan(2));
            }

            Array.Resize(ref payload, (int)Math.Max(payload.Length, length));
            await from.ReadExactlyAsync(payload.AsMemory(0, (int)length), ct);
            if ((head[0] & 0x0F) == 8)
            {
                var with4429 = BinaryPrimitives.ReadUInt16BigEndian(payload) == 4429;
                (Closed4429, ClosedOtherwise) = (Closed4429 + (with4429 ? 1 : 0), ClosedOtherwise + (with4429 ? 0 : 1));
                return;
            }

            Refused += payload.AsSpan(0, (int)length).IndexOf("\"code\":\"rate_limited\""u8) > 0 ? 1 : 0;
        }
    }

    // A text in one piece, masked with zeros.
    private static byte[] Masked(string text) => [0x81, (byte)(0x80 | text.Length), 0, 0, 0, 0, .. Encoding.ASCII.GetBytes(text)];
}
