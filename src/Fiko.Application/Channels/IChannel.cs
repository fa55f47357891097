using Fiko.Domain.Channels;

namespace Fiko.Application.Channels;

/// <summary>
/// One outside platform. Adding one means implementing this, and those of the interfaces beside it (<see cref="IPushesUpdates"/>,
/// <see cref="IChangesMessages"/>, <see cref="IReactsToMessages"/>, <see cref="ICarriesFiles"/>, <see cref="IShowsCourtesy"/>, <see cref="IKnowsProfiles"/>) that
/// the platform can do; nothing else changes.
/// </summary>
public interface IChannel
{
    /// <summary>The channel's name: what is stored as its source and shown as its platform.</summary>
    string Name { get; }

    /// <summary>How long after a customer's last message they may be answered; null where always.</summary>
    AnswerWindow? Window { get; }

    /// <summary>How fast the platform wants to be spoken to; kept by the worker, not met as errors.</summary>
    SendLimits Limits { get; }

    /// <summary>Within what the platform's message ids are unique: the chat, or the whole account (empty).</summary>
    string ScopeOf(string chat);

    /// <summary>Cuts what an agent wrote into the sends that the platform takes, in order. Never empty for a message that is not.</summary>
    /// <param name="text">Plain text; empty where only files go.</param>
    /// <param name="files">Of each at least one part is made, in this order.</param>
    IReadOnlyList<PlannedPart> Plan(string text, IReadOnlyList<FileFacts> files);

    /// <summary>Sends one part, once: no retry, a time-out of its own, and every failure said as an outcome.</summary>
    Task<SendOutcome> SendAsync(ChannelConnection channel, OutgoingPart part, CancellationToken ct);

    /// <summary>The update's own id and the lane (chat) within which it must stay in order. Never throws, whatever the body is.</summary>
    UpdateIdentity Identify(string body);

    /// <summary>What an update says. Never throws: what can't be understood is an <see cref="NotUnderstood"/> with the reason.</summary>
    InboundNews Read(string body);
}

/// <summary>What it takes to speak for a channel account. Never logged: it holds the token.</summary>
/// <param name="ChannelId">Which, here.</param>
/// <param name="Token">The platform's access token.</param>
/// <param name="AccountId">The platform's own id of the account.</param>
public sealed record ChannelConnection(long ChannelId, string Token, string? AccountId = null)
{
    public override string ToString() => $"channel {ChannelId}";
}

/// <param name="Text">The text of the send, or the caption of its file.</param>
/// <param name="File">Which of the message's files it carries; null for none.</param>
public sealed record PlannedPart(string Text, int? File = null);

/// <param name="Chat">Where to.</param>
/// <param name="Text">Plain text, as typed; with a file its caption.</param>
/// <param name="ReplyTo">The platform's id of the message it answers, in the same chat.</param>
/// <param name="File">What it carries.</param>
/// <param name="Late">The free part of the answer window is over: only a person's answer may still go.</param>
public sealed record OutgoingPart(string Chat, string Text, string? ReplyTo = null, OutgoingFile? File = null, bool Late = false);

/// <summary>A file on its way out.</summary>
/// <param name="Facts">What it is.</param>
/// <param name="Link">Where the platform can fetch it, for those that do; signed, and it ends.</param>
/// <param name="OpenAsync">Its bytes, for those that take an upload.</param>
public sealed record OutgoingFile(FileFacts Facts, Uri Link, Func<CancellationToken, Task<Stream>> OpenAsync)
{
    // The link is a key for a while.
    public override string ToString() => $"{Facts.Kind} of {Facts.Size} bytes";
}

/// <summary>What is known of a file without its bytes.</summary>
/// <param name="Kind">One of <see cref="Domain.Conversations.FileKind"/>.</param>
/// <param name="Name">As its owner called it.</param>
/// <param name="MediaType">By its content.</param>
/// <param name="Size">Bytes.</param>
public sealed record FileFacts(string Kind, string Name, string MediaType, long Size);

/// <summary>A part that the platform has.</summary>
/// <param name="Chat">In which chat.</param>
/// <param name="ExternalId">The platform's id of it there.</param>
/// <param name="IsCaption">Its text stands under a file.</param>
public sealed record SentPart(string Chat, string ExternalId, bool IsCaption = false);

/// <param name="Key">Unique within the channel: the same key again is the same update again.</param>
/// <param name="Lane">Updates of one lane are applied in the order of their arrival.</param>
public readonly record struct UpdateIdentity(string Key, string Lane);

/// <summary>So many at once, and then one every so often.</summary>
public sealed record SendRate(int Burst, TimeSpan Every);

/// <summary>What a platform asks its callers to keep to.</summary>
public sealed record SendLimits(SendRate PerChat, SendRate PerAccount);
