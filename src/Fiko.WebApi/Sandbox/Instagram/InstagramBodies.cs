namespace Fiko.WebApi.Sandbox.Instagram;

/// <summary>What can be told of anything a customer does; each deed reads what concerns it.</summary>
internal sealed record CustomerBody
{
    public string? FirstName { get; init; }

    public string? LastName { get; init; }

    public string? Username { get; init; }

    public string? Text { get; init; }

    /// <summary>The mid of the message that is answered.</summary>
    public string? ReplyTo { get; init; }

    public string? Emoji { get; init; }

    public string? Title { get; init; }

    public string? Payload { get; init; }

    /// <summary>Another of Meta's names for the attachment, where it has several.</summary>
    public string? Type { get; init; }

    /// <summary>How many bytes a made-up file has at least.</summary>
    public int Size { get; init; }

    /// <summary>How many files come in one message.</summary>
    public int Count { get; init; } = 1;
}

/// <summary>How events are posted.</summary>
internal sealed record WebhookHabits
{
    /// <summary>Each event is posted so many times, as Meta may do.</summary>
    public int Repeat { get; init; } = 1;

    /// <summary>Each event is posted 1 to <see cref="Repeat"/> times.</summary>
    public bool Vary { get; init; }

    /// <summary>Each posting waits a random part of this, beside all others: their order is lost.</summary>
    public int ShuffleMs { get; init; }

    /// <summary>Makes what is random the same each time.</summary>
    public int? Seed { get; init; }

    /// <summary>Another receiver than this server's own webhook.</summary>
    public string? Url { get; init; }
}

/// <summary>How the business' own messages come back as webhooks.</summary>
internal sealed record EchoHabits
{
    public bool Enabled { get; init; } = true;

    public int DelayMs { get; init; }

    /// <summary>The call is answered only after its echo was accepted.</summary>
    public bool BeforeAnswer { get; init; }
}
