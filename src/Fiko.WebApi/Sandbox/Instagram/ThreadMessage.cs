namespace Fiko.WebApi.Sandbox.Instagram;

/// <summary>Somebody on the customers' side.</summary>
internal sealed record InstagramPerson(string Id, string? FirstName = null, string? LastName = null, string? Username = null)
{
    /// <summary>Null where the person gave none, as Instagram allows.</summary>
    public string? Name => string.Join(' ', new[] { FirstName, LastName }.Where(n => !string.IsNullOrWhiteSpace(n))) is { Length: > 0 } name ? name : null;

    /// <summary>What is not told stays as it was known.</summary>
    public InstagramPerson Named(CustomerBody told) => this with
    {
        FirstName = told.FirstName ?? FirstName,
        LastName = told.LastName ?? LastName,
        Username = told.Username ?? Username,
    };
}

/// <summary>One message of a thread.</summary>
internal sealed record ThreadMessage(string Mid, bool FromBusiness, InstagramContent Content, DateTimeOffset Date)
{
    /// <summary>How often the customer changed it: Meta's `num_edit`.</summary>
    public int Edits { get; init; }

    public bool Deleted { get; init; }

    /// <summary>What the business sent it with to get past the 24 hours.</summary>
    public string? Tag { get; init; }

    public string? CustomersReaction { get; init; }

    public string? BusinessReaction { get; init; }
}

/// <summary>What a message holds. Its kind is the word for it on the phone.</summary>
internal sealed record InstagramContent(string Kind, string? Text = null)
{
    public const string TextKind = "text";

    public IReadOnlyList<InstagramAttachment> Attachments { get; init; } = [];

    public string? ReplyTo { get; init; }

    /// <summary>The story of the business that a customer answers.</summary>
    public InstagramStory? Story { get; init; }

    public string? QuickReply { get; init; }

    /// <summary>A kind that Meta does not hand out: the webhook tells of it and of nothing in it.</summary>
    public bool IsUnsupported { get; init; }
}

internal sealed record InstagramStory(string Id, string Path);

/// <summary>Without a path there is no payload on the wire.</summary>
internal sealed record InstagramAttachment(string Type, string? Path = null, string? Name = null)
{
    public string? Title { get; init; }

    public string? ReelId { get; init; }
}
