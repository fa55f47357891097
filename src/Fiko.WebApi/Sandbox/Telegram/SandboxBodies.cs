namespace Fiko.WebApi.Sandbox.Telegram;

/// <summary>How the writing person is called; what is left out stays as it was.</summary>
internal record PersonBody
{
    public string? FirstName { get; init; }

    public string? LastName { get; init; }

    public string? Username { get; init; }
}

internal sealed record TextBody : PersonBody
{
    public string? Text { get; init; }

    public int? ReplyTo { get; init; }

    public bool Forward { get; init; }

    /// <summary>In a group: who of its members writes.</summary>
    public long? From { get; init; }
}

/// <summary>A text's new words, or a file's.</summary>
internal sealed record EditBody
{
    public string? Text { get; init; }

    public string? Caption { get; init; }
}

/// <summary>Null takes the reaction away.</summary>
internal sealed record ReactionBody
{
    public string? Emoji { get; init; }
}

/// <summary>Where a chat moves; the sandbox invents an id where none is given.</summary>
internal sealed record MoveBody
{
    public long? To { get; init; }
}
