using System.Globalization;
using System.Text.Json;

namespace Fiko.Infrastructure.Channels.Telegram;

/// <summary>What a message holds, in words: its text, or a placeholder that says what cannot be shown as text.</summary>
/// <param name="Kind">The name of the field that holds the content.</param>
/// <param name="Text">Never empty.</param>
/// <param name="Caption">What stands under a file; part of the text, too.</param>
/// <param name="IsService">Telegram's own remark about the chat; nobody said it.</param>
internal readonly record struct TelegramContent(string Kind, string Text, string? Caption = null, bool IsService = false)
{
    public const string Unsupported = "unsupported";

    // Twice Telegram's limit: nobody promises whether its 4096 characters are counted in UTF-16 units or in code points.
    private const int Longest = 8192;

    // In this order: a newer kind comes with an older one beside it for old clients (animation and document, venue and location).
    private static readonly (string Kind, Func<JsonElement, string?> Describe)[] Kinds =
    [
        ("live_photo", _ => null),
        ("photo", _ => null),
        ("animation", _ => null),
        ("video_note", Duration),
        ("video", file => Join(file.Text("file_name"), Duration(file))),
        ("voice", Duration),
        ("audio", file => Join(Join(file.Text("performer"), file.Text("title"), " – ") ?? file.Text("file_name"), Duration(file))),
        ("document", file => file.Text("file_name")),
        ("sticker", sticker => sticker.Text("emoji")),
        ("venue", venue => Join(Join(venue.Text("title"), venue.Text("address"), ", "), venue.Object("location") is { } place ? Place(place) : null)),
        ("location", Place),
        ("contact", contact => Join(Join(contact.Text("first_name"), contact.Text("last_name")), contact.Text("phone_number"))),
        ("rich_message", rich => string.Join(' ', TelegramRichText.WordsOf(rich))),
        ("poll", poll => poll.Text("question")),
        ("dice", dice => Join(dice.Text("emoji"), dice.Integer("value"))),
        ("story", _ => null),
        ("game", game => game.Text("title")),
        ("invoice", invoice => invoice.Text("title")),
        ("successful_payment", _ => null),
        ("refunded_payment", _ => null),
        ("paid_media", _ => null),
        ("checklist", list => list.Text("title")),
        ("giveaway", _ => null),
        ("giveaway_winners", _ => null),
        ("gift", gift => gift.Text("text")),
        ("unique_gift", _ => null),
        ("web_app_data", answer => answer.Text("button_text")),
        ("users_shared", _ => null),
        ("chat_shared", chat => chat.Text("title")),
        ("passport_data", _ => null),
    ];

    private static readonly HashSet<string> Services =
    [
        "new_chat_members", "left_chat_member", "new_chat_title", "new_chat_photo", "delete_chat_photo", "group_chat_created",
        "supergroup_chat_created", "channel_chat_created", "message_auto_delete_timer_changed", "migrate_to_chat_id",
        "migrate_from_chat_id", "pinned_message", "connected_website", "write_access_allowed", "proximity_alert_triggered",
        "boost_added", "chat_background_set", "forum_topic_created", "forum_topic_edited", "forum_topic_closed",
        "forum_topic_reopened", "general_forum_topic_hidden", "general_forum_topic_unhidden", "giveaway_created",
        "giveaway_completed", "video_chat_scheduled", "video_chat_started", "video_chat_ended", "video_chat_participants_invited",
        "checklist_tasks_done", "checklist_tasks_added", "paid_message_price_changed", "direct_message_price_changed",
        "chat_owner_left", "chat_owner_changed", "gift_upgrade_sent", "managed_bot_created", "poll_option_added", "poll_option_deleted",
        "suggested_post_approved", "suggested_post_approval_failed", "suggested_post_declined", "suggested_post_paid",
        "suggested_post_refunded", "community_chat_added", "community_chat_joined", "community_chat_removed",
    ];

    public static TelegramContent Of(JsonElement message)
    {
        var around = TelegramContext.Of(message);
        if (message.Text("text") is { } text && !string.IsNullOrWhiteSpace(text))
        {
            return new TelegramContent(IsStart(text) ? "start" : "text", Cut(around + text, Longest));
        }

        var caption = message.Text("caption") is { } words && !string.IsNullOrWhiteSpace(words) ? Cut(words, Longest) : null;
        foreach (var (kind, describe) in Kinds)
        {
            if (message.Has(kind))
            {
                var about = message.Object(kind) is { } content ? OneLine(describe(content)) : null;
                var shown = Join(Join($"[{kind.Replace('_', ' ')}]", about), caption, about is null ? " " : "\n")!;
                return new TelegramContent(kind, Cut(around + shown, Longest), caption);
            }
        }

        if (message.EnumerateObject().FirstOrDefault(field => Services.Contains(field.Name)) is { Value.ValueKind: not JsonValueKind.Undefined } service)
        {
            return new TelegramContent(service.Name, $"[{service.Name}]", IsService: true);
        }

        return new TelegramContent(Unsupported, Cut(around + Join("[unsupported message]", caption)!, Longest), caption);
    }

    /// <summary>Cuts between characters, never inside a surrogate pair.</summary>
    public static string Cut(string text, int longest) => PlainText.Cut(text, longest);

    public static string? OneLine(string? text) => string.IsNullOrWhiteSpace(text) ? null : text.ReplaceLineEndings(" ").Trim();

    // Opened by a link with a payload, or by the button that every bot begins with (core.telegram.org/bots/features#deep-linking).
    private static bool IsStart(string text) => text is "/start" || text.StartsWith("/start ", StringComparison.Ordinal);

    private static string? Join(string? left, string? right, string between = " ") =>
        string.IsNullOrWhiteSpace(left) ? right : string.IsNullOrWhiteSpace(right) ? left : left + between + right;

    private static string? Duration(JsonElement file) =>
        file.Number("duration") is { } seconds and >= 0 and < 1_000_000
            ? string.Create(CultureInfo.InvariantCulture, $"{(int)seconds / 60}:{(int)seconds % 60:00}")
            : null;

    private static string? Place(JsonElement place) =>
        place.Number("latitude") is { } latitude && place.Number("longitude") is { } longitude
            ? string.Create(CultureInfo.InvariantCulture, $"{latitude:0.######}, {longitude:0.######}")
            : null;
}
