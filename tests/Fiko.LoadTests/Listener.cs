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
    private readonly byte[] _buffer = new byte[64 * 1024];
    private string? _cursor;
    private long _position = -1;
    private int _attempts;

    /// <summary>The conversation that it listens to; null for the list.</summary>
    public string? Chat => chat;

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

    public string? Problem { get; private set; }

    public async Task RunAsync(CancellationToken end)
    {
        while (!end.IsCancellationRequested)
        {
            var pause = TimeSpan.FromMilliseconds(Random.Shared.Next(20, 200));
            using var socket = new ClientWebSocket();
            try
            {
                var cursor = _cursor is null ? "" : $"&cursor={_cursor}";
                var at = server(_attempts++);
                await socket.ConnectAsync(new Uri($"ws://{at.Host}:{at.Port}{(chat is null ? "/ws/conversations/" : $"/ws/chat/{chat}/")}?token={token}{cursor}"), end);
                (IsOpen, OpenedAt) = (true, TimeProvider.System.GetTimestamp());
                Connects++;
                pause = await ListenAsync(socket, end) ?? pause;
            }
            catch (Exception gone) when (gone is WebSocketException or OperationCanceledException or HttpRequestException or IOException)
            {
                // It comes back.
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
            var length = 0;
            ValueWebSocketReceiveResult part;
            do
            {
                part = await socket.ReceiveAsync(_buffer.AsMemory(length), end);
                length += part.Count;
            }
            while (!part.EndOfMessage && length < _buffer.Length);

            if (part.MessageType is WebSocketMessageType.Close)
            {
                Problem = (int?)socket.CloseStatus is 1008 or 4429 or 4404 ? $"{socket.CloseStatus}" : Problem;
                return pause;
            }

            var frame = _buffer.AsSpan(0, length);
            if (frame.StartsWith("{\"type\":\"reconnect\""u8))
            {
                pause = TimeSpan.FromMilliseconds(Number(frame, "\"after_ms\":"u8));
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
        if (TimeProvider.System.GetElapsedTime(OpenedAt) > TimeSpan.FromSeconds(1) && frame.IndexOf("at "u8) is > 0 and var at)
        {
            latencies.Add(TimeProvider.System.GetElapsedTime(Number(frame[at..], "at "u8)));
        }
    }

    private static long Number(ReadOnlySpan<byte> frame, ReadOnlySpan<byte> after)
    {
        var rest = frame[(frame.IndexOf(after) + after.Length)..];
        var end = rest.IndexOfAnyExceptInRange((byte)'0', (byte)'9');
        return long.Parse(end < 0 ? rest : rest[..end], CultureInfo.InvariantCulture);
    }
}

/// <summary>How long frames took from the customer's request to a client.</summary>
internal sealed class Latencies
{
    private readonly Lock _lock = new();
    private readonly List<double> _milliseconds = [];

    public void Add(TimeSpan took)
    {
        lock (_lock)
        {
            _milliseconds.Add(took.TotalMilliseconds);
        }
    }

    /// <summary>Says p50, p99 and the longest so far, and begins anew.</summary>
    public string Take()
    {
        lock (_lock)
        {
            if (_milliseconds.Count == 0)
            {
                return "nothing heard";
            }

            _milliseconds.Sort();
            var text = string.Create(
                CultureInfo.InvariantCulture,
                $"p50 {_milliseconds[_milliseconds.Count / 2]:F0} ms, p99 {_milliseconds[(int)(_milliseconds.Count * 0.99)]:F0} ms, longest {_milliseconds[^1]:F0} ms of {_milliseconds.Count:N0}");
            _milliseconds.Clear();
            return text;
        }
    }
}
