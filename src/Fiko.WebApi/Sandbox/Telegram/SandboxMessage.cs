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
}

/// <summary>What a message holds: a text, or a placeholder of the named kind with an optional caption.</summary>
internal sealed record SandboxContent(string Kind, string? Text)
{
    public const string TextKind = "text";

    /// <summary>Both directions: what Telegram takes in one message, in UTF-16 units.</summary>
    public const int LongestText = 4096;

    public static SandboxContent Of(string text) => new(TextKind, text);
}
