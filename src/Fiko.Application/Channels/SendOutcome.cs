namespace Fiko.Application.Channels;

/// <summary>What the platform did with a part.</summary>
public abstract record SendOutcome
{
    private SendOutcome()
    {
    }

    /// <summary>It is with the platform, under this id.</summary>
    public sealed record Sent(string? ExternalId) : SendOutcome;

    /// <summary>It certainly was not taken, and may be tried again.</summary>
    /// <param name="Error">Fit to be shown: no token, no address.</param>
    /// <param name="RetryAfter">When the platform said so.</param>
    public sealed record NotTaken(string Error, TimeSpan? RetryAfter = null) : SendOutcome;

    /// <summary>It was refused for good.</summary>
    /// <param name="Error">The platform's reason, fit to be shown.</param>
    /// <param name="ChannelBroken">The account itself can't send any more (a revoked token): its owner must act.</param>
    public sealed record Refused(string Error, bool ChannelBroken = false) : SendOutcome;

    /// <summary>The chat has another id now; nothing was taken, and the same part may go there.</summary>
    public sealed record Moved(string Chat) : SendOutcome;

    /// <summary>Nobody can know whether it was taken.</summary>
    public sealed record Unknown(string Error) : SendOutcome;
}
