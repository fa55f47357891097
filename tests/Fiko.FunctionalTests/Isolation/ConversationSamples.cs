using static Fiko.FunctionalTests.Isolation.RestSamples;

namespace Fiko.FunctionalTests.Isolation;

internal static class ConversationSamples
{
    private const string One = "/conversations/{conversation}";
    private const string Own = "/conversations/{own.conversation}";

    public static IReadOnlyList<RestSample> All { get; } =
    [
        .. Rows("conversations", "conversation", """{"title":"x"}"""),
        .. Of("GET /conversations", "/conversations?customer_id={customer}", 200, 400, 404), .. Of("GET /conversations", "/conversations?assigned_to={user}", 200, 400, 404),
        .. With("PATCH /conversations/{id}", Own, """{"assigned_to":{user}}""", 400, 404),
        .. With("POST /conversations/bulk", "/conversations/bulk", """{"ids":["{conversation}"],"action":"set_status","status":"closed"}""", 200),
        .. With("POST /conversations/bulk", "/conversations/bulk", """{"ids":["{own.conversation}"],"action":"assign","user_id":{user}}""", 200, 400, 404),
        .. With("POST /conversations/bulk", "/conversations/bulk", """{"filters":{"customer_id":{customer}},"action":"read"}""", 200, 400),
        .. Of("POST /conversations/{id}/claim", $"{One}/claim"), .. Of("POST /conversations/{id}/release", $"{One}/release"),
        .. With("POST /conversations/{id}/assign", $"{One}/assign", """{"user_id":{own.user}}"""),
        .. With("POST /conversations/{id}/assign", $"{Own}/assign", """{"user_id":{user}}""", 400, 404),
        .. Of("POST /conversations/{id}/read", $"{One}/read"), .. With("POST /conversations/{id}/read", $"{Own}/read", """{"up_to":"{question}"}"""),
        .. Of("GET /conversations/{id}/activity", $"{One}/activity"),
        .. Of("GET /conversations/{id}/messages", $"{One}/messages"),
        .. With("POST /conversations/{id}/messages", $"{One}/messages", """{"content":"x"}"""),
        .. With("POST /conversations/{id}/messages", $"{Own}/messages", """{"content":"x","reply_to":"{question}"}"""),
        .. With("POST /conversations/{id}/messages", $"{Own}/messages", """{"content":"x","attachments":["{attachment}"]}"""),
        .. Of("GET /conversations/{id}/messages/{message}", $"{One}/messages/{{message}}"), .. Of("GET /conversations/{id}/messages/{message}", $"{Own}/messages/{{message}}"),
        .. Of("GET /conversations/{id}/messages/{message}", $"{Own}/messages/{{note}}"),
        .. With("PATCH /conversations/{id}/messages/{message}", $"{One}/messages/{{message}}", """{"content":"x"}"""),
        .. With("PATCH /conversations/{id}/messages/{message}", $"{Own}/messages/{{message}}", """{"content":"x"}"""),
        .. Of("DELETE /conversations/{id}/messages/{message}", $"{One}/messages/{{message}}"), .. Of("DELETE /conversations/{id}/messages/{message}", $"{Own}/messages/{{message}}"),
        .. Of("POST /conversations/{id}/messages/{message}/retry", $"{One}/messages/{{message}}/retry"), .. Of("POST /conversations/{id}/messages/{message}/retry", $"{Own}/messages/{{message}}/retry"),
        .. With("PUT /conversations/{id}/messages/{message}/reaction", $"{One}/messages/{{question}}/reaction", """{"emoji":"👍"}"""),
        .. With("PUT /conversations/{id}/messages/{message}/reaction", $"{Own}/messages/{{question}}/reaction", """{"emoji":"👍"}"""),
        .. With("POST /conversations/{id}/notes", $"{One}/notes", """{"content":"x"}"""),
        .. With("POST /conversations/{id}/notes", $"{Own}/notes", """{"content":"x","mentions":[{user}]}""", 400, 404),
        .. Of("GET /conversations/{id}/draft", $"{One}/draft"), .. With("PUT /conversations/{id}/draft", $"{One}/draft", """{"content":"x"}"""), .. Of("DELETE /conversations/{id}/draft", $"{One}/draft"),
    ];
}
