using Fiko.Domain.Customers;

namespace Fiko.Application.Channels;

/// <summary>One outside platform. Adding one means implementing this and registering it; nothing else changes.</summary>
public interface IChannel
{
    /// <summary>The channel's name: what is stored as its source and shown as its platform.</summary>
    string Name { get; }

    /// <summary>Cuts a text into the sends that the platform takes, in order. Never empty for a text that is not.</summary>
    IReadOnlyList<string> Split(string text);

    /// <summary>Sends one part, once: no retry, a time-out of its own, and every failure said as an outcome.</summary>
    Task<SendOutcome> SendAsync(ChannelConnection channel, OutgoingPart part, CancellationToken ct);

    /// <summary>Replaces the text of a part that was sent. Done twice it does no harm, so a failure may be tried again.</summary>
    Task<SendOutcome> EditAsync(ChannelConnection channel, SentPart part, string text, CancellationToken ct);

    /// <summary>Takes a part back. Done twice it does no harm.</summary>
    Task<SendOutcome> DeleteAsync(ChannelConnection channel, SentPart part, CancellationToken ct);

    /// <summary>Shows the customer that somebody types. A failure is harmless and not told.</summary>
    Task ShowTypingAsync(ChannelConnection channel, string chat, CancellationToken ct);

    /// <summary>Tells a group, once, that only private chats are answered. A failure is harmless and not told.</summary>
    Task GreetGroupAsync(ChannelConnection channel, string chat, CancellationToken ct);

    /// <summary>The update's own id and the lane (chat) within which it must stay in order. Never throws, whatever the body is.</summary>
    UpdateIdentity Identify(string body);

    /// <summary>What an update says. Never throws: what can't be understood is an <see cref="NotUnderstood"/> with the reason.</summary>
    InboundNews Read(string body);
}

/// <summary>What it takes to speak for a channel account. Never logged: it holds the token.</summary>
public sealed record ChannelConnection(long ChannelId, string Token)
{
    public override string ToString() => $"channel {ChannelId}";
}

/// <param name="Chat">Where to.</param>
/// <param name="Text">Plain text, as typed.</param>
/// <param name="ReplyTo">The platform's id of the message it answers, in the same chat.</param>
public sealed record OutgoingPart(string Chat, string Text, string? ReplyTo = null);

/// <summary>A part that the platform has.</summary>
/// <param name="Chat">In which chat.</param>
/// <param name="ExternalId">The platform's id of it there.</param>
public sealed record SentPart(string Chat, string ExternalId);

/// <param name="Key">Unique within the channel: the same key again is the same update again.</param>
/// <param name="Lane">Updates of one lane are applied in the order of their arrival.</param>
public readonly record struct UpdateIdentity(string Key, string Lane);

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

    /// <summary>Nobody can know whether it was taken.</summary>
    public sealed record Unknown(string Error) : SendOutcome;
}

/// <summary>What an inbound update says.</summary>
public abstract record InboundNews;

/// <summary>A customer wrote.</summary>
/// <param name="Chat">Where to answer.</param>
/// <param name="Profile">What the platform says about them.</param>
/// <param name="ExternalId">The platform's id of the message within the chat.</param>
/// <param name="Kind"><c>text</c>, or what <paramref name="Content"/> is a placeholder for.</param>
/// <param name="Content">Readable in any case, never empty.</param>
/// <param name="ReplyTo">The platform's id of the message that it answers.</param>
public sealed record CustomerWrote(string Chat, CustomerProfile Profile, string ExternalId, string Kind, string Content, string? ReplyTo = null) : InboundNews;

/// <summary>A customer changed a message.</summary>
public sealed record CustomerEdited(string Chat, string ExternalId, string Content) : InboundNews;

/// <summary>Somebody addressed us in a group, where no inbox can be.</summary>
public sealed record GroupWrote(string Chat) : InboundNews;

/// <summary>Understood, and nothing for an inbox.</summary>
public sealed record NothingToDo(string Reason) : InboundNews;

/// <summary>Authentic, but not understood. It stays stored, with the reason.</summary>
public sealed record NotUnderstood(string Reason) : InboundNews;
