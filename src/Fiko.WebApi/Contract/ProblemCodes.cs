namespace Fiko.WebApi.Contract;

/// <summary>Every code of a refusal over REST, in docs/rest.md. The tests hold each answer that they get to this list.</summary>
internal static class ProblemCodes
{
    public static IReadOnlyList<string> All { get; } =
    [
        "already_assigned", "already_open", "attachment_empty", "attachment_not_found", "attachment_pending", "attachment_refused",
        "attachment_too_large", "attachment_unavailable", "auth_failed", "auth_required", "bad_request", "change_refused",
        "channel_not_found", "channel_refused", "channel_taken", "channel_without_key", "conversation_moved", "conversation_not_found", "customer_not_found",
        "delivery_not_found", "draft_not_found", "email_taken", "forbidden", "idempotency_key_reused", "internal_error",
        "invalid_field", "invalid_json", "invalid_refresh_token", "last_owner", "login_elsewhere", "merge_not_found", "merge_undone",
        "merged_further", "message_empty", "message_not_found", "message_too_long", "method_not_allowed", "not_found",
        "note_not_found", "own_account", "precondition_failed", "rate_limited", "reply_not_found", "reply_taken", "tag_not_found",
        "tag_taken", "too_large", "too_many_connections", "too_many_matched", "too_many_notes", "too_many_tags", "too_many_uploads",
        "too_many_webhooks", "unknown_variable", "unsupported_media_type", "upgrade_required", "user_not_found", "webhook_not_found",
        "window_closed", "wrong_password",
    ];
}
