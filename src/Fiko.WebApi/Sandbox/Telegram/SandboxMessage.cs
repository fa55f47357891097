using System.Text.Json.Nodes;
using Fiko.WebApi.Sandbox.Telegram.Media;

namespace Fiko.WebApi.Sandbox.Telegram;

/// <summary>Somebody on the customers' side.</summary>
internal sealed record SandboxPerson(long Id, string FirstName, string? LastName = null, string? Username = null)
{
    public static SandboxPerson Unnamed(long id) => new(id, $"Customer {id}");

    /// <summary>What is not told stays as it was known.</summary>
    public SandboxPerson Named(PersonBody told) => this with
    {
        FirstName = told.FirstName ?? FirstName,
        LastName = told.LastName ?? LastName,
        Username = told.Username ?? Username,
    };
}

/// <summary>One message of a chat; without a sender it is the bot's.</summary>
internal sealed record SandboxMessage(int Id, SandboxPerson? Sender, SandboxContent Content, DateTimeOffset Date, int? ReplyTo = null)
{
    public DateTimeOffset? EditedAt { get; init; }

    public bool Deleted { get; init; }

    public string? CustomerReaction { get; init; }

    public string? BotReaction { get; init; }
}

/// <summary>What a message holds: a text, or something else of the named kind with an optional caption.</summary>
internal sealed record SandboxContent(string Kind, string? Text)
{
    public const string TextKind = "text";

    public const string ServiceKind = "service";

    /// <summary>Both directions: what Telegram takes in one message, in UTF-16 units.</summary>
    public const int LongestText = 4096;

    public const int LongestCaption = 1024;

    /// <summary>The fields of Message that are neither its text nor its caption.</summary>
    public JsonObject? Fields { get; init; }

    public SandboxFile? File { get; init; }

    /// <summary>`media_group_id`.</summary>
    public string? Album { get; init; }

    public static SandboxContent Of(string text) => new(TextKind, text);

    public static SandboxContent Service(string field, JsonNode value) => new(ServiceKind, null) { Fields = new() { [field] = value } };

    /// <summary>core.telegram.org/bots/api#messageorigin: from somebody who hides who they are.</summary>
    public SandboxContent Forwarded(DateTimeOffset now)
    {
        var fields = Fields?.DeepClone().AsObject() ?? [];
        fields["forward_origin"] = new JsonObject
        {
            ["type"] = "hidden_user",
            ["sender_user_name"] = "Somebody",
            ["date"] = now.AddHours(-1).ToUnixTimeSeconds(),
        };
        return this with { Fields = fields };
    }

    public void AddTo(JsonObject shape)
    {
        if (Album is { } album)
        {
            shape["media_group_id"] = album;
        }

        foreach (var (name, value) in Fields ?? [])
        {
            shape[name] = value?.DeepClone();
        }

        if (Text is not null)
        {
            shape[Kind is TextKind ? "text" : "caption"] = Text;
        }
    }
}
