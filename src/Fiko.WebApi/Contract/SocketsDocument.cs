using System.Text.Json.Nodes;
using Fiko.Application.Realtime;
using Fiko.WebApi.Sockets;

namespace Fiko.WebApi.Contract;

/// <summary>The AsyncAPI 3 document of both sockets, made from the types of frames that the server serializes.</summary>
internal sealed class SocketsDocument
{
    private readonly FrameSchemas _schemas = new();
    private readonly JsonObject _messages = [];

    /// <param name="at">Where clients reach this server.</param>
    public static JsonObject Write(Uri at) => new SocketsDocument().WriteAll(at);

    private JsonObject WriteAll(Uri at)
    {
        var channels = new JsonObject { ["list"] = SocketWords.List(MessagesOn(TopicKind.Inbox)), ["chat"] = SocketWords.Chat(MessagesOn(TopicKind.Chat)) };
        var operations = new JsonObject();
        AddOperations(operations, "list", TopicKind.Inbox);
        AddOperations(operations, "chat", TopicKind.Chat);
        return new JsonObject
        {
            ["asyncapi"] = "3.0.0",
            ["info"] = new JsonObject { ["title"] = "Fiko", ["version"] = DocumentConventions.Version, ["description"] = SocketWords.Description },
            ["defaultContentType"] = "application/json",
            ["servers"] = new JsonObject { ["fiko"] = SocketWords.Server(at) },
            ["channels"] = channels,
            ["operations"] = operations,
            ["components"] = new JsonObject
            {
                ["messages"] = _messages,
                ["schemas"] = new JsonObject(_schemas.Named.Select(s => KeyValuePair.Create(s.Key, (JsonNode?)s.Value.DeepClone()))),
                ["securitySchemes"] = SocketWords.SecuritySchemes(),
            },
        };
    }

    private JsonObject MessagesOn(TopicKind where)
    {
        var here = new JsonObject();
        foreach (var frame in FrameDirectory.Taken.Where(f => f.Where == where))
        {
            Add(here, KeyOf(frame), frame.Name, () => _schemas.Taken(frame.Body, frame.Name), null);
        }

        foreach (var frame in FrameDirectory.Sent.Where(f => f.Where.HasFlag(where)))
        {
            Add(here, KeyOf(frame), frame.Name, () => Sent(frame), DocComments.Of(frame.Type));
        }

        return here;
    }

    private JsonObject Sent(SentFrame frame)
    {
        var schema = _schemas.Sent(frame.Type, frame.Name);
        if (frame.Type == typeof(ErrorFrame))
        {
            // Open for clients, which will meet new ones; the tests hold the server to these.
            schema["properties"]!["code"]!["x-extensible-enum"] = new JsonArray([.. FrameErrors.Codes.Select(c => JsonValue.Create(c))]);
        }

        return schema;
    }

    private void Add(JsonObject here, string key, string name, Func<JsonObject> payload, string? summary)
    {
        here[key] = Ref($"components/messages/{key}");
        if (!_messages.ContainsKey(key))
        {
            var message = new JsonObject { ["name"] = name, ["title"] = name, ["contentType"] = "application/json", ["payload"] = payload() };
            if (summary is not null)
            {
                message["summary"] = summary;
            }

            _messages[key] = message;
        }
    }

    private static void AddOperations(JsonObject operations, string channel, TopicKind where)
    {
        foreach (var frame in FrameDirectory.Taken.Where(f => f.Where == where))
        {
            var operation = new JsonObject
            {
                ["action"] = "receive",
                ["channel"] = Ref($"channels/{channel}"),
                ["messages"] = new JsonArray(Ref($"channels/{channel}/messages/{KeyOf(frame)}")),
            };
            if (FrameDirectory.Sent.FirstOrDefault(s => s.Type == frame.Answer) is { } answer)
            {
                operation["reply"] = new JsonObject
                {
                    ["channel"] = Ref($"channels/{channel}"),
                    ["messages"] = new JsonArray(Ref($"channels/{channel}/messages/{KeyOf(answer)}")),
                };
            }

            operations[$"{channel}_takes_{frame.Name}"] = operation;
        }

        operations[$"{channel}_sends"] = new JsonObject
        {
            ["action"] = "send",
            ["channel"] = Ref($"channels/{channel}"),
            ["messages"] = new JsonArray([.. FrameDirectory.Sent.Where(f => f.Where.HasFlag(where)).Select(f => Ref($"channels/{channel}/messages/{KeyOf(f)}"))]),
        };
    }

    // One name may go both ways, with another shape each; and the same incoming name may differ between the sockets.
    private static string KeyOf(TakenFrame frame) => $"{(frame.Where is TopicKind.Inbox ? "list" : "chat")}_takes_{frame.Name}";

    private static string KeyOf(SentFrame frame) => $"server_sends_{frame.Name}";

    private static JsonObject Ref(string to) => new() { ["$ref"] = $"#/{to}" };
}
