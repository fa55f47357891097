using System.Net.WebSockets;
using System.Text;
using System.Text.Json;

namespace Fiko.LoadTests.Fuzz;

/// <summary>A proper socket on which odd frames are said. Each must be answered, or end the socket with a code that protocol.md names.</summary>
internal sealed class FuzzSocket(FuzzClient client) : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    /// <summary>The close codes of docs/protocol.md but 1011, which no input may bring about.</summary>
    private static readonly int[] Documented = [1001, 1003, 1007, 1008, 1009, 1013, 4404, 4429];

    private static readonly Dictionary<string, string> Answers = new()
    {
        ["get_conversations"] = "conversations_list",
        ["refresh_conversations"] = "conversations_list",
        ["ping"] = "pong",
        ["authenticate"] = "authenticated",
        ["chat_message"] = "chat_message",
        ["note"] = "chat_message",
        ["claim"] = "conversation_updated",
        ["release"] = "conversation_updated",
        ["assign"] = "conversation_updated",
        ["set_status"] = "conversation_updated",
        ["mark_read"] = "messages_read",
        ["get_messages"] = "message_history",
        ["edit_message"] = "message_edited",
        ["delete_message"] = "message_deleted",
        ["message_reaction"] = "message_reaction",
        ["retry_message"] = "message_status",
    };

    private readonly ClientWebSocket _socket = new();
    private readonly byte[] _buffer = new byte[64 * 1024];
    private readonly FuzzChance _chance = client.Chance;
    private int? _mustCloseWith;

    public async Task<int> TalkAsync(CancellationToken end)
    {
        var world = client.World;
        var slow = world.Slow.Count > 0 && _chance.OneIn(8);
        var chat = _chance.OneIn(3) ? null : slow ? _chance.Pick(world.Slow) : world.Quick.Count > 0 ? _chance.Pick(world.Quick) : "conv_1";
        var query = $"?token={_chance.Pick(world.Tokens)}{(_chance.OneIn(4) ? $"&cursor={Uri.EscapeDataString(Short(world.Id("cursor", _chance)))}" : "")}{(_chance.OneIn(4) ? "&lang=en" : "")}";
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(end);
        patience.CancelAfter(Patience);
        await _socket.ConnectAsync(new Uri($"ws://{world.Address.Authority}{(chat is null ? "/ws/conversations/" : $"/ws/chat/{chat}/")}{query}"), patience.Token);
        client.Counted("sockets opened");
        var frames = world.Sockets.Frames(chat is null ? "list" : "chat");
        var count = slow ? _chance.Between(1, 4) : _chance.Between(3, 30);
        for (var said = 1; said <= count; said++)
        {
            var (name, bytes) = Next(frames);
            await client.SayAsync($"frame on {chat ?? "the list"}", bytes, end);
            if (!await SayAsync(name, bytes, end))
            {
                return said;
            }
        }

        await LeaveAsync(end);
        return count;
    }

    public void Dispose() => _socket.Dispose();

    private static string Short(string text) => text.Length <= 1000 ? text : text[..1000];

    private (string Name, byte[] Bytes) Next(IReadOnlyDictionary<string, JsonElement> frames)
    {
        if (_chance.OneIn(60))
        {
            return ("", _chance.Pick<byte[]>([[], [0], "null"u8.ToArray(), _chance.Bytes(_chance.Between(1, 300)), new byte[70_000], Encoding.UTF8.GetBytes(new string('{', 66_000))]));
        }

        var name = _chance.Pick(frames.Keys.Order(StringComparer.Ordinal).ToList());
        var node = client.World.Sockets.Make(frames[name], name, client.World, _chance);
        return (name, _chance.Encode(node.Mutate(_chance, _chance.Below(4)).Scribble(_chance)));
    }

    private async Task<bool> SayAsync(string name, byte[] bytes, CancellationToken end)
    {
        var binary = _chance.OneIn(150);
        _mustCloseWith = bytes.Length > 65536 ? 1009 : binary ? 1003 : !System.Text.Unicode.Utf8.IsValid(bytes) ? 1007 : null;
        try
        {
            await SendAsync(bytes, binary ? WebSocketMessageType.Binary : WebSocketMessageType.Text, end);
            await SendAsync("{\"type\":\"ping\"}"u8.ToArray(), WebSocketMessageType.Text, end);
        }
        catch (WebSocketException) when (_mustCloseWith is not null || client.IsLimited)
        {
            // It closed while we spoke; the code is still to be read.
        }

        return await HearAnswersAsync(Expected(name, bytes), end);
    }

    // What has to be heard besides the pong. Null where anything may have come of it.
    private static string? Expected(string name, byte[] bytes)
    {
        try
        {
            using var read = JsonDocument.Parse(bytes);
            return read.RootElement.ValueKind is not JsonValueKind.Object ? "error"
                : read.RootElement.EnumerateObject().Where(m => m.NameEquals("type")).ToList() is [var only] && only.Value.ValueKind is JsonValueKind.String && only.Value.ValueEquals(name)
                    ? Answers.GetValueOrDefault(name)
                    : null;
        }
        catch (Exception none) when (none is JsonException or InvalidOperationException)
        {
            return none is JsonException ? "error" : null;
        }
    }

    private async Task<bool> HearAnswersAsync(string? expected, CancellationToken end)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(end);
        patience.CancelAfter(Patience);
        var (pongs, answered) = (0, expected is null);
        var wanted = expected is "pong" ? 2 : 1;
        try
        {
            while (pongs < wanted || !answered || _mustCloseWith is not null)
            {
                if (await ReceiveAsync(patience.Token) is not { } text)
                {
                    CheckClosing();
                    return false;
                }

                using var frame = JsonDocument.Parse(text);
                var type = frame.RootElement.GetProperty("type").GetString();
                var isError = type is "error";
                var isLimit = isError && Check(frame.RootElement) is "rate_limited";
                client.World.Harvest(Encoding.UTF8.GetString(text.Span));
                answered |= isError || type == expected;
                wanted -= isError && expected is "pong" && wanted > 1 ? 1 : 0;
                pongs += type is "pong" ? 1 : 0;
                if (isLimit && pongs < wanted)
                {
                    await Task.Delay(TimeSpan.FromMilliseconds(200), TimeProvider.System, patience.Token);
                    await SendAsync("{\"type\":\"ping\"}"u8.ToArray(), WebSocketMessageType.Text, patience.Token);
                }
            }

            return true;
        }
        catch (OperationCanceledException) when (!end.IsCancellationRequested)
        {
            throw new FuzzFinding($"Silence: {pongs} pongs, wanted {expected ?? "a pong"}{(_mustCloseWith is { } code ? $" and the close code {code}" : "")}");
        }
        catch (WebSocketException gone)
        {
            throw new FuzzFinding($"The socket was cut without a word: {gone.Message}");
        }
    }

    private string? Check(JsonElement error)
    {
        var code = error.GetProperty("code").GetString();
        return code switch
        {
            null or "internal_error" => throw new FuzzFinding($"Answered {error.GetRawText()}"),
            "rate_limited" when !client.IsLimited && !error.GetRawText().Contains("\"request_type\":\"", StringComparison.Ordinal) => throw new FuzzFinding($"Answered {error.GetRawText()} without limits"),
            _ => code,
        };
    }

    private void CheckClosing()
    {
        var code = (int?)_socket.CloseStatus;
        client.Counted($"closed {code}");
        if (code is null || !Documented.Contains(code.Value) || (_mustCloseWith is { } must && code != must && code is not (4404 or 1007 or 1008 or 4429 or 1001)))
        {
            throw new FuzzFinding($"Closed with {code} {_socket.CloseStatusDescription}{(_mustCloseWith is { } wanted ? $" instead of {wanted}" : "")}");
        }
    }

    private async Task<ReadOnlyMemory<byte>?> ReceiveAsync(CancellationToken ct)
    {
        using var whole = new MemoryStream();
        while (true)
        {
            var part = await _socket.ReceiveAsync(_buffer.AsMemory(), ct);
            if (part.MessageType is WebSocketMessageType.Close)
            {
                return null;
            }

            whole.Write(_buffer, 0, part.Count);
            if (part.EndOfMessage)
            {
                return whole.ToArray();
            }
        }
    }

#pragma warning disable RS0030 // The client's side; the ban keeps the server's sockets to one writer.
    private async Task SendAsync(byte[] bytes, WebSocketMessageType type, CancellationToken ct)
    {
        var at = 0;
        for (var parts = _chance.OneIn(5) ? _chance.Between(1, 5) : 0; parts > 0; parts--)
        {
            var next = _chance.Between(at, bytes.Length);
            await _socket.SendAsync(bytes.AsMemory(at, next - at), type, endOfMessage: false, ct);
            at = next;
        }

        await _socket.SendAsync(bytes.AsMemory(at), type, endOfMessage: true, ct);
    }

    private async Task LeaveAsync(CancellationToken end)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(end);
        patience.CancelAfter(Patience);
        try
        {
            switch (_chance.Below(4))
            {
                case 0:
                    await _socket.SendAsync("{\"type\":\"chat_mess"u8.ToArray(), WebSocketMessageType.Text, endOfMessage: false, patience.Token);
                    _socket.Abort();
                    break;
                case 1:
                    _socket.Abort();
                    break;
                default:
                    await _socket.CloseAsync(_chance.Pick([WebSocketCloseStatus.NormalClosure, (WebSocketCloseStatus)4999, WebSocketCloseStatus.EndpointUnavailable]), _chance.Word(), patience.Token);
                    break;
            }
        }
        catch (WebSocketException)
        {
            // The server was faster.
        }
    }
#pragma warning restore RS0030
}
