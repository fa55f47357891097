namespace Fiko.FunctionalTests.Isolation;

/// <summary>
/// What is tried on each route of REST. <c>{conversation}</c> and the like are the ids of the other workspace, <c>{own.conversation}</c>
/// those of the caller's own. A new route needs a line here; one that names rows in its body or query needs one for each way.
/// </summary>
/// <param name="Route">The route as it is mapped, without constraints.</param>
/// <param name="Path">The address with ids.</param>
/// <param name="Body">JSON; null for none.</param>
/// <param name="Answers">What its owner may get; empty means 404 alone. Less of a role may get 403 as well.</param>
internal sealed record RestSample(string Route, string Path, string? Body, params int[] Answers);

internal static class RestSamples
{
    public static IReadOnlyList<RestSample> All { get; } =
    [
        .. Of("GET /auth/me", 200), .. Of("GET /channels", 200), .. Of("GET /channels/{id}", "/channels/{channel}"),
        .. With("POST /auth/login", "/auth/login", """{"email":"nobody@nowhere.test","password":"wrong"}""", 401),
        .. With("POST /auth/refresh", "/auth/refresh", """{"refresh_token":"none"}""", 401),
        .. With("PATCH /auth/me", "/auth/me", """{"first_name":5}""", 400), .. Of("POST /auth/socket-ticket", 200),
        .. With("POST /auth/password", "/auth/password", """{"current_password":"wrong","new_password":"another long one"}""", 400, 401),
        .. Rows("users", "user", """{"first_name":"x"}"""), .. With("POST /users", "/users", """{"email":"none","password":"x"}""", 400),
        .. With("PATCH /channels/{id}", "/channels/{channel}", """{"name":"x"}"""), .. Of("POST /channels/{id}/key", "/channels/{channel}/key"),
        .. Of("GET /reports/overview", "/reports/overview?from=2024-01-01&to=2024-02-01", 200, 400),
        .. With("POST /channels", "/channels", """{"source":"none"}""", 400),
        .. Of("DELETE /channels/{id}", "/channels/{channel}"), .. Of("POST /channels/{id}/check", "/channels/{channel}/check"),
        .. With("POST /channels/{id}/messages", "/channels/{channel}/messages", """{"external_id":"x","customer":{"external_id":"x"},"text":"x"}""", 401),
        .. With("POST /attachments", "/attachments", "{}", 415), .. Of("GET /attachments/{id}/link", "/attachments/{attachment}/link"),
        .. Of("GET /attachments/{id}", "/attachments/{attachment}"), .. Of("HEAD /attachments/{id}", "/attachments/{attachment}"),
        .. Of("GET /audit", "/audit", 200), .. Of("GET /audit", "/audit?user_id={user}", 400), .. Of("GET /audit", "/audit?target={conversation}", 200),
        .. Of("GET /events", "/events?after={cursor}", 200, 400), .. Of("GET /events", "/events", 200),
        .. Rows("webhooks", "webhook", """{"description":"x"}"""),
        .. With("POST /webhooks", "/webhooks", """{"url":"ftp://nowhere"}""", 400),
        .. Of("POST /webhooks/{id}/secret", "/webhooks/{webhook}/secret"), .. Of("POST /webhooks/{id}/test", "/webhooks/{webhook}/test"),
        .. Of("POST /webhooks/{id}/replay", "/webhooks/{webhook}/replay"), .. With("POST /webhooks/{id}/replay", "/webhooks/{own.webhook}/replay", """{"after":"{cursor}"}""", 400, 404, 409),
        .. Of("GET /webhooks/{id}/deliveries", "/webhooks/{webhook}/deliveries"), .. Of("GET /webhooks/{id}/deliveries/{delivery}", "/webhooks/{webhook}/deliveries/{delivery}"),
        .. Of("POST /webhooks/{id}/deliveries/{delivery}/replay", "/webhooks/{webhook}/deliveries/{delivery}/replay"),
        .. Rows("tags", "tag", """{"name":"x"}"""), .. With("POST /tags", "/tags", """{"name":""}""", 400),
        .. Rows("replies", "reply", """{"title":"x"}"""), .. With("POST /replies", "/replies", """{"title":""}""", 400),
        .. With("POST /replies/{id}/render", "/replies/{reply}/render", """{"conversation_id":"{own.conversation}"}"""),
        .. With("POST /replies/{id}/render", "/replies/{own.reply}/render", """{"conversation_id":"{conversation}"}"""),
        .. ConversationSamples.All,
        .. CustomerSamples.All,

        // The last: it ends the caller's session.
        .. With("POST /auth/logout", "/auth/logout", """{"refresh_token":"none"}""", 204, 401),
    ];

    /// <summary>The five ways to a row of a collection, and the list itself.</summary>
    public static IEnumerable<RestSample> Rows(string collection, string id, string patch) =>
    [
        .. Of($"GET /{collection}", 200), .. Of($"GET /{collection}/{{id}}", $"/{collection}/{{{id}}}"),
        .. With($"PATCH /{collection}/{{id}}", $"/{collection}/{{{id}}}", patch), .. Of($"DELETE /{collection}/{{id}}", $"/{collection}/{{{id}}}"),
    ];

    public static RestSample[] Of(string route, params int[] answers) => [new(route, route[route.IndexOf('/', StringComparison.Ordinal)..], null, answers)];

    public static RestSample[] Of(string route, string path, params int[] answers) => [new(route, path, null, answers)];

    public static RestSample[] With(string route, string path, string body, params int[] answers) => [new(route, path, body, answers)];
}
