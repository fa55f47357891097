using System.Text.Json.Nodes;

namespace Fiko.WebApi.Contract;

/// <summary>What the types of frames can't tell: addresses, how one shows who one is, and what a closing means (protocol.md).</summary>
internal static class SocketWords
{
    public const string Description = """
        The sockets that agents work on. Frames are JSON objects in text messages, one a message: names in snake_case, times in UTC with
        milliseconds, ids of conversations and messages as `conv_<number>` and `msg_<number>`. Ignore fields and frames that you do not know.
        REST is described by `/openapi/v1.json`.
        """;

    private static readonly (int Code, string Meaning, string Then)[] CloseCodes =
    [
        (1001, "The server goes away", "come back"),
        (1003, "Binary frames are not supported", "stop"),
        (1007, "Text that is no UTF-8", "stop"),
        (1008, "Authentication required", "get a new token"),
        (1009, "The frame is too long", "stop"),
        (1011, "Internal server error", "come back"),
        (1013, "This reader was too slow", "come back and resume"),
        (4404, "Conversation not found", "stop"),
        (4429, "Too many requests or connections", "stop"),
    ];

    public static JsonObject List(JsonObject messages) => Channel(
        "/ws/conversations/", "The list", "News of every conversation of the workspace. Says nothing of itself until it is asked.", messages);

    public static JsonObject Chat(JsonObject messages)
    {
        var chat = Channel("/ws/chat/{conversation_id}/", "A chat", "One conversation: `recent_messages` first, then who else is there, then what happens.", messages);
        chat["parameters"] = new JsonObject
        {
            ["conversation_id"] = new JsonObject { ["description"] = "`conv_<number>`", ["examples"] = new JsonArray("conv_12") },
        };
        return chat;
    }

    public static JsonObject Server(Uri at) => new()
    {
        ["host"] = at.Authority,
        ["protocol"] = at.Scheme == Uri.UriSchemeHttps ? "wss" : "ws",
        ["description"] = "The header counts first, then the subprotocol, then the query.",
        ["security"] = new JsonArray(Scheme("bearer"), Scheme("subprotocol"), Scheme("query")),
    };

    public static JsonObject SecuritySchemes() => new()
    {
        ["bearer"] = new JsonObject { ["type"] = "http", ["scheme"] = "bearer", ["bearerFormat"] = "JWT", ["description"] = "The `access_token` of `POST /api/v1/auth/login`." },
        ["subprotocol"] = new JsonObject
        {
            ["type"] = "httpApiKey",
            ["in"] = "header",
            ["name"] = "Sec-WebSocket-Protocol",
            ["description"] = "The pair `fiko.v1, bearer.<token>`, which keeps a browser's token out of the URL. Answered with `fiko.v1`.",
        },
        ["query"] = new JsonObject { ["type"] = "httpApiKey", ["in"] = "query", ["name"] = "token", ["description"] = "The token in the URL; the server writes it into no log." },
    };

    private static JsonObject Scheme(string name) => new() { ["$ref"] = $"#/components/securitySchemes/{name}" };

    private static JsonObject Channel(string address, string title, string description, JsonObject messages) => new()
    {
        ["address"] = address,
        ["title"] = title,
        ["description"] = $"{description}\n\nClosed with {string.Join("; ", CloseCodes.Select(c => $"{c.Code} ({c.Meaning}: {c.Then})"))}.",
        ["messages"] = messages,
        ["bindings"] = new JsonObject { ["ws"] = new JsonObject { ["method"] = "GET", ["query"] = Query(), ["bindingVersion"] = "0.1.0" } },
        ["x-close-codes"] = new JsonArray([.. CloseCodes.Select(c => new JsonObject { ["code"] = c.Code, ["meaning"] = c.Meaning, ["then"] = c.Then })]),
    };

    private static JsonObject Query() => new()
    {
        ["type"] = "object",
        ["properties"] = new JsonObject
        {
            ["token"] = Text("An access token, where it comes in no header."),
            ["ticket"] = Text("The answer of `POST /api/v1/auth/socket-ticket`, in place of the token; good once, for half a minute."),
            ["cursor"] = Text("The `cursor` of the last frame that you saw: you get what you missed since."),
            ["lang"] = new JsonObject { ["type"] = "string", ["enum"] = new JsonArray("fa", "en"), ["default"] = "fa", ["description"] = "The language of texts for people." },
        },
    };

    private static JsonObject Text(string description) => new() { ["type"] = "string", ["description"] = description };
}
