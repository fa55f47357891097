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

    /// <summary>In a group: who of its members writes.</summary>
    public long? From { get; init; }
}

internal sealed record PlaceholderBody : PersonBody
{
    public string? Caption { get; init; }
}
