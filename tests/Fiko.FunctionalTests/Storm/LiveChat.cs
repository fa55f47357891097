using System.Text.Json;
using System.Text.Json.Nodes;
using Fiko.FunctionalTests.Hosting;

namespace Fiko.FunctionalTests.Storm;

/// <summary>What a frontend holds of one chat that does nothing but apply the frames of its socket in their order (protocol.md).</summary>
internal sealed class LiveChat
{
    // Signed anew on each read, and names follow their profile beside the messages.
    private static readonly string[] Fleeting = ["customer", "sender", "created_at"];

    private readonly SortedDictionary<long, JsonObject> _messages = [];
    private readonly Dictionary<string, long> _seqs = [];

    /// <summary>What the platform said of each message of ours, by the message's id.</summary>
    public Dictionary<string, JsonElement> Results { get; } = [];

    /// <summary>How often a message came as new.</summary>
    public Dictionary<string, int> Announced { get; } = [];

    /// <summary>Messages of which it was said for a while that nobody can know.</summary>
    public HashSet<string> WasUncertain { get; } = [];

    public static LiveChat Of(IEnumerable<JsonElement> frames)
    {
        var chat = new LiveChat();
        foreach (var frame in frames)
        {
            chat.Apply(frame);
        }

        return chat;
    }

    public string State => string.Join('\n', _messages.Values.Select(Reduce));

    public static string StateOf(IEnumerable<JsonElement> messages) =>
        string.Join('\n', messages.Select(m => Reduce(JsonNode.Parse(m.GetRawText())!.AsObject())));

    private void Apply(JsonElement frame)
    {
        switch (FikoSocket.TypeOf(frame))
        {
            case "recent_messages":
                foreach (var message in frame.At("messages").EnumerateArray())
                {
                    Put(message);
                }

                break;
            case "chat_message":
                var id = frame.Text("message.id")!;
                Announced[id] = Announced.GetValueOrDefault(id) + 1;
                Put(frame.At("message"));
                KeepResult(frame, id, frame.Text("message.status"));
                break;
            case "message_edited" or "message_attachments":
                Put(frame.At("message"));
                break;
            case "message_deleted":
                Change(frame, m => m["deleted_at"] = frame.Text("timestamp"));
                break;
            case "message_status":
                Change(frame, m => m["status"] = frame.Text("status"));
                KeepResult(frame, frame.Text("message_id")!, frame.Text("status"));
                break;
            case "message_reaction":
                Change(frame, m => React(m["reactions"]!.AsArray(), frame));
                break;
        }
    }

    private void Put(JsonElement message)
    {
        var seq = message.Number("seq");
        _messages[seq] = JsonNode.Parse(message.GetRawText())!.AsObject();
        _seqs[message.Text("id")!] = seq;
    }

    private void Change(JsonElement frame, Action<JsonObject> change) => change(_messages[_seqs[frame.Text("message_id")!]]);

    private void KeepResult(JsonElement frame, string id, string? status)
    {
        if (status is "uncertain")
        {
            WasUncertain.Add(id);
        }

        if (frame.TryGetProperty("external_send_result", out var result))
        {
            Results[id] = result;
        }
    }

    private static void React(JsonArray reactions, JsonElement frame)
    {
        if (reactions.FirstOrDefault(r => r!["by"]!.GetValue<string>() == frame.Text("by")) is { } before)
        {
            reactions.Remove(before);
        }

        if (frame.Text("emoji") is { } emoji)
        {
            reactions.Add(new JsonObject { ["emoji"] = emoji, ["by"] = frame.Text("by"), ["user_id"] = JsonNode.Parse(frame.At("user_id").GetRawText()) });
        }
    }

    private static string Reduce(JsonObject message)
    {
        if (message["deleted_at"] is not null)
        {
            return $"{message["seq"]} {message["id"]} {message["type"]} taken back";
        }

        var reduced = message.DeepClone().AsObject();
        foreach (var name in Fleeting)
        {
            reduced.Remove(name);
        }

        foreach (var file in reduced["attachments"]!.AsArray())
        {
            file!.AsObject().Remove("url");
        }

        return reduced.ToJsonString();
    }
}
