using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Fiko.FunctionalTests.Hosting;

/// <summary>
/// What a good frontend holds of one socket: messages by number, conversations by id, and the newest cursor it has seen on
/// any frame. It complains of what must never happen: a durable frame twice or out of order, or a gap in a chat.
/// </summary>
public sealed class Mirror
{
    private readonly SortedDictionary<long, JsonObject> _messages = [];
    private readonly Dictionary<string, JsonObject> _conversations = [];
    private long _position = -1;

    public string? Cursor { get; private set; }

    public bool? Recovered { get; private set; }

    public IEnumerable<long> Seqs => _messages.Keys;

    /// <summary>The messages that are held, without the conversations.</summary>
    public string Messages => string.Join('\n', _messages.Values.Select(m => m.ToJsonString()));

    /// <summary>All that is held, to be compared with a fresh read.</summary>
    public string State => string.Join('\n', _messages.Values.Concat(Ordered).Select(o => o.ToJsonString()));

    // Newest activity first; of the same millisecond the newer conversation.
    private IEnumerable<JsonObject> Ordered => _conversations.Values
        .OrderByDescending(c => c["updated_at"]!.GetValue<string>(), StringComparer.Ordinal)
        .ThenByDescending(c => long.Parse(c["id"]!.GetValue<string>()["conv_".Length..], CultureInfo.InvariantCulture));

    public Mirror Apply(IEnumerable<JsonElement> frames)
    {
        foreach (var frame in frames)
        {
            Apply(frame);
        }

        return this;
    }

    public void Apply(JsonElement frame)
    {
        Follow(frame);
        switch (FikoSocket.TypeOf(frame))
        {
            case "resumed":
                Recovered = frame.At("recovered").GetBoolean();
                break;
            case "recent_messages":
                _messages.Clear();
                Take(frame);
                break;
            case "message_history":
                Take(frame);
                break;
            case "chat_message":
                Append(Read(frame.At("message")));
                break;
            case "message_edited":
                _messages[frame.Number("message.seq")] = Read(frame.At("message"));
                break;
            case "conversations_list":
                _conversations.Clear();
                foreach (var conversation in frame.At("conversations").EnumerateArray())
                {
                    _conversations[conversation.Text("id")!] = Read(conversation);
                }

                break;
            case "new_customer_message" or "conversation_updated":
                _conversations[frame.Text("conversation_id")!] = Read(frame.At("conversation"));
                break;
        }
    }

    /// <summary>Where a cursor stands. Clients can't look inside; this one does, to see the order.</summary>
    public static long PositionOf(string cursor) => long.Parse(cursor[(cursor.IndexOf('.', StringComparison.Ordinal) + 1)..], NumberStyles.HexNumber, CultureInfo.InvariantCulture);

    public override string ToString() => $"messages {string.Join(", ", Seqs)} at {Cursor}";

    private static JsonObject Read(JsonElement element) => JsonNode.Parse(element.GetRawText())!.AsObject();

    private void Follow(JsonElement frame)
    {
        if (!frame.TryGetProperty("cursor", out var cursor))
        {
            return;
        }

        var position = PositionOf(cursor.GetString()!);
        var isSnapshot = FikoSocket.TypeOf(frame) is "resumed" or "recent_messages" or "conversations_list" or "pong";
        Assert.True(isSnapshot ? position >= _position : position > _position, $"Twice or out of order, at {_position}: {frame.GetRawText()}");
        (Cursor, _position) = (cursor.GetString(), position);
    }

    private void Take(JsonElement frame)
    {
        foreach (var message in frame.At("messages").EnumerateArray())
        {
            _messages[message.Number("seq")] = Read(message);
        }
    }

    private void Append(JsonObject message)
    {
        var seq = message["seq"]!.GetValue<long>();
        Assert.Equal(_messages.Count == 0 ? 1 : _messages.Keys.Last() + 1, seq);
        _messages[seq] = message;
    }
}
