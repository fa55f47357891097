using System.Collections.Concurrent;
using System.Globalization;
using System.Net.WebSockets;
using System.Text;

namespace Fiko.LoadTests;

/// <summary>
/// A client that does what docs/protocol.md tells it to: keeps the newest cursor, comes back with it, and knows what it would be to
/// lose a frame, to hear it twice or out of order.
/// </summary>
internal sealed class Listener(string? chat, string token, Func<int, Uri> server, Latencies latencies)
{
    private byte[] _buffer = new byte[16 * 1024];
    private string? _cursor;
    private long _position = -1;
    private int _attempts;

    /// <summary>The conversation that it listens to; null for the list.</summary>
    public string? Chat => chat;

    /// <summary>Through which its connections go, if not the usual way.</summary>
    public HttpMessageInvoker? Wire { get; init; }

    /// <summary>While this is not done, it reads nothing.</summary>
    public Task MayRead { get; set; } = Task.CompletedTask;

    /// <summary>Whether it stays away when it loses its connection.</summary>
    public bool IsLeaving { get; set; }

    /// <summary>In a chat, the newest message.</summary>
    public long Seq { get; private set; }

    /// <summary>Customers' messages that it heard of.</summary>
    public int Heard { get; private set; }

    public int Doubled { get; private set; }

    public int Missing { get; private set; }

    public int NotRecovered { get; private set; }

    public int Connects { get; private set; }

    public bool IsOpen { get; private set; }

    /// <summary>When it was last opened again.</summary>
    public long OpenedAt { get; private set; }

    /// <summary>Which server it is, or was, on.</summary>
    public Uri? At { get; private set; }

    /// <summary>How its connections ended, by close code; 1006 where there was none.</summary>
    public ConcurrentQueue<int> Ends { get; } = new();

    /// <summary>Who came and went in its chat, and when it heard of that.</summary>
    public ConcurrentQueue<(long User, bool IsOnline, long At)> Presence { get; } = new();

    public async Task RunAsync(CancellationToken end)
    {
        while (!end.IsCancellationRequested && !(IsLeaving && Connects > 0))
        {
            var pause = TimeSpan.FromMilliseconds(Random.Shared.Next(20, 200));
            using var socket = new ClientWebSocket();
            try
            {
                var cursor = _cursor is null ? "" : $"&cursor={_cursor}";
                At = server(_attempts++);
                var path = chat is null ? "/ws/conversations/" : $"/ws/chat/{chat}/";
                await socket.ConnectAsync(new Uri($"ws://{At.Host}:{At.Port}{path}?token={token}{cursor}"), Wire, end);
                (IsOpen, OpenedAt) = (true, TimeProvider.System.GetTimestamp());
                Connects++;
                pause = await ListenAsync(socket, end) ?? pause;
            }
            catch (Exception gone) when (gone is WebSocketException or OperationCanceledException or HttpRequestException or IOException)
            {
                // It comes back.
                if (IsOpen && !end.IsCancellationRequested)
                {
                    Ends.Enqueue(1006);
                }
            }

            IsOpen = false;
            await Task.Delay(pause, TimeProvider.System, CancellationToken.None);
        }
    }

    private async Task<TimeSpan?> ListenAsync(ClientWebSocket socket, CancellationToken end)
    {
        TimeSpan? pause = null;
        while (true)
        {
            await MayRead;
            var length = 0;
            ValueWebSocketReceiveResult part;
            do
            {
                if (length == _buffer.Length)
                {
                    Array.Resize(ref _buffer, length * 2);
                }

                part = await socket.ReceiveAsync(_buffer.AsMemory(length), end);
                length += part.Count;
            }
            while (!part.EndOfMessage);

            if (part.MessageType is WebSocketMessageType.Close)
            {
                Ends.Enqueue((int?)socket.CloseStatus ?? 1006);
                return pause;
            }

            var frame = _buffer.AsSpan(0, length);
            if (frame.StartsWith("{\"type\":\"reconnect\""u8))
            {
                pause = TimeSpan.FromMilliseconds(Number(frame, "\"after_ms\":"u8));
            }
            else if (frame.StartsWith("{\"type\":\"user_presence\""u8))
            {
                Presence.Enqueue((Number(frame, "\"user_id\":"u8), frame.IndexOf("\"is_online\":true"u8) > 0, TimeProvider.System.GetTimestamp()));
            }
            else
            {
                Take(frame);
            }
        }
    }

    private void Take(ReadOnlySpan<byte> frame)
    {
        var isNews = frame.StartsWith("{\"type\":\"chat_message\""u8) || frame.StartsWith("{\"type\":\"new_customer_message\""u8);
        var mark = frame.LastIndexOf("\"cursor\":\""u8);
        if (mark < 0)
        {
            return;
        }

        var cursor = frame[(mark + 10)..];
        cursor = cursor[..cursor.IndexOf((byte)'"')];
        var position = long.Parse(cursor[(cursor.IndexOf((byte)'.') + 1)..], NumberStyles.HexNumber, CultureInfo.InvariantCulture);
        if (isNews && position <= _position)
        {
            Doubled++;
        }

        (_position, _cursor) = (Math.Max(position, _position), Encoding.ASCII.GetString(cursor));
        if (frame.StartsWith("{\"type\":\"resumed\",\"recovered\":false"u8))
        {
            NotRecovered++;
        }
        else if (frame.StartsWith("{\"type\":\"recent_messages\""u8))
        {
            Seq = Number(frame[frame.LastIndexOf("\"seq\":"u8)..], "\"seq\":"u8);
        }
        else if (isNews)
        {
            Note(frame);
        }
    }

    private void Note(ReadOnlySpan<byte> frame)
    {
        Heard++;
        if (frame.StartsWith("{\"type\":\"chat_message\""u8))
        {
            var seq = Number(frame, "\"seq\":"u8);
            Missing += seq > Seq + 1 ? (int)(seq - Seq - 1) : 0;
            Doubled += seq <= Seq ? 1 : 0;
            Seq = Math.Max(seq, Seq);
        }

        // Only what came live tells how long it takes; what was missed was late before.
        if (TimeProvider.System.GetElapsedTime(OpenedAt) > TimeSpan.FromSeconds(1) && frame.IndexOf("\"content\":\"at "u8) is > 0 and var at)
        {
            latencies.Add(TimeProvider.System.GetElapsedTime(Number(frame[at..], "\"content\":\"at "u8)));
        }
    }

    private static long Number(ReadOnlySpan<byte> frame, ReadOnlySpan<byte> after)
    {
        var rest = frame[(frame.IndexOf(after) + after.Length)..];
        var end = rest.IndexOfAnyExceptInRange((byte)'0', (byte)'9');
        return long.Parse(end < 0 ? rest : rest[..end], CultureInfo.InvariantCulture);
    }
}
