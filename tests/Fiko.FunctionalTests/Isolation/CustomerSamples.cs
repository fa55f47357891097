using static Fiko.FunctionalTests.Isolation.RestSamples;

namespace Fiko.FunctionalTests.Isolation;

internal static class CustomerSamples
{
    private const string One = "/customers/{customer}";
    private const string Own = "/customers/{own.customer}";

    public static IReadOnlyList<RestSample> All { get; } =
    [
        .. Rows("customers", "customer", """{"first_name":"x"}"""),
        .. Of("GET /customers/export", 200),
        .. With("POST /customers/bulk", "/customers/bulk", """{"ids":[{customer}],"action":"delete"}""", 200, 400),
        .. With("POST /customers/bulk", "/customers/bulk", """{"ids":[{customer}],"action":"add_tags","tags":["x"]}""", 200, 400),
        .. With("POST /customers/{id}/merge", $"{One}/merge", """{"into":{own.customer}}"""), .. With("POST /customers/{id}/merge", $"{Own}/merge", """{"into":{customer}}""", 400, 404),
        .. Of("GET /customers/{id}/merges", $"{One}/merges"), .. Of("POST /customers/merges/{id}/undo", "/customers/merges/{merge}/undo"),
        .. Of("GET /customers/{id}/notes", $"{One}/notes"), .. With("POST /customers/{id}/notes", $"{One}/notes", """{"text":"x"}"""),
        .. With("PATCH /customers/{id}/notes/{note}", $"{One}/notes/{{customer_note}}", """{"text":"x"}"""), .. With("PATCH /customers/{id}/notes/{note}", $"{Own}/notes/{{customer_note}}", """{"text":"x"}"""),
        .. Of("DELETE /customers/{id}/notes/{note}", $"{One}/notes/{{customer_note}}"), .. Of("DELETE /customers/{id}/notes/{note}", $"{Own}/notes/{{customer_note}}"),
        .. Of("GET /search", "/search?q={mark}", 200), .. Of("GET /search", "/search?q=question&conversation_id={conversation}", 200, 404), .. Of("GET /search", "/search?q=question&customer_id={customer}", 200, 404),
    ];
}
