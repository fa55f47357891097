using System.Text.Json.Nodes;

namespace Fiko.WebApi.Sandbox.Telegram.Media;

/// <summary>What a customer sends that is neither a text nor a file.</summary>
internal static class OtherContent
{
    public static readonly string[] Kinds = ["location", "venue", "contact", "poll", "dice"];

    public static SandboxContent Of(string kind, MediaBody body, SandboxPerson sender) => new(kind, null)
    {
        Fields = kind switch
        {
            "location" => new() { ["location"] = Location(body) },

            // Both fields, as Telegram does for clients that know no venues.
            "venue" => new()
            {
                ["venue"] = new JsonObject { ["location"] = Location(body), ["title"] = body.Title ?? "Azadi Tower", ["address"] = body.Address ?? "Azadi Square, Tehran" },
                ["location"] = Location(body),
            },
            "contact" => new()
            {
                ["contact"] = new JsonObject { ["phone_number"] = body.PhoneNumber ?? "+989120000000", ["first_name"] = sender.FirstName, ["user_id"] = sender.Id },
            },
            "poll" => new() { ["poll"] = Poll(body) },
            "dice" => new() { ["dice"] = new JsonObject { ["emoji"] = body.Emoji ?? "🎲", ["value"] = body.Value ?? 4 } },
            _ => throw new ArgumentOutOfRangeException(nameof(kind)),
        },
    };

    /// <summary>core.telegram.org/bots/features#deep-linking: what a customer sends by opening a link to the bot.</summary>
    public static SandboxContent Start(string? payload) => SandboxContent.Of(string.IsNullOrEmpty(payload) ? "/start" : $"/start {payload}") with
    {
        Fields = new() { ["entities"] = new JsonArray(new JsonObject { ["offset"] = 0, ["length"] = 6, ["type"] = "bot_command" }) },
    };

    private static JsonObject Location(MediaBody body) => new() { ["latitude"] = body.Latitude ?? 35.6997, ["longitude"] = body.Longitude ?? 51.3380 };

    private static JsonObject Poll(MediaBody body) => new()
    {
        ["id"] = "5000000000000000001",
        ["question"] = body.Question ?? "Which one?",
        ["options"] = new JsonArray([.. (body.Options ?? ["This", "That"]).Select(o => new JsonObject { ["text"] = o, ["voter_count"] = 0 })]),
        ["total_voter_count"] = 0,
        ["is_closed"] = false,
        ["is_anonymous"] = true,
        ["type"] = "regular",
        ["allows_multiple_answers"] = false,
    };
}
