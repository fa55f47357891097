using Fiko.Domain.Customers;

namespace Fiko.Application.Channels;

/// <summary>A channel whose platform posts each account's updates to <c>/webhooks/{name}/{channel}</c>, and shows that account's secret in a header.</summary>
public interface IPushesUpdates
{
    string SecretHeader { get; }
}

/// <summary>A channel on which a message that was sent can still be changed. Done twice a change does no harm, so a failure may be tried again.</summary>
public interface IChangesMessages
{
    Task<SendOutcome> EditAsync(ChannelConnection channel, SentPart part, string text, CancellationToken ct);

    Task<SendOutcome> DeleteAsync(ChannelConnection channel, SentPart part, CancellationToken ct);
}

/// <summary>A channel on which the business can react to a message.</summary>
public interface IReactsToMessages
{
    /// <param name="channel">Whose.</param>
    /// <param name="message">Which message, of either side.</param>
    /// <param name="emoji">Null takes the reaction back.</param>
    /// <param name="ct">The caller's patience.</param>
    Task<SendOutcome> ReactAsync(ChannelConnection channel, SentPart message, string? emoji, CancellationToken ct);
}

/// <summary>A channel on which files go either way.</summary>
public interface ICarriesFiles
{
    /// <summary>Why the platform would not take a file, with its limit in words; null where it would.</summary>
    string? Objection(FileFacts file);

    /// <summary>Fetches the bytes of a customer's file.</summary>
    /// <param name="channel">Whose.</param>
    /// <param name="remoteId">As <see cref="InboundFile.RemoteId"/> named it.</param>
    /// <param name="to">Where they go; on any outcome but <see cref="FetchOutcome.Fetched"/> what was written is worthless.</param>
    /// <param name="limit">Bytes; more is <see cref="FetchOutcome.Gone"/>, without reading on.</param>
    /// <param name="ct">The caller's patience, beside a time-out of its own.</param>
    Task<FetchOutcome> FetchAsync(ChannelConnection channel, string remoteId, Stream to, long limit, CancellationToken ct);
}

/// <summary>A channel with small signs of attention. A failure is harmless and not told.</summary>
public interface IShowsCourtesy
{
    /// <param name="channel">Whose.</param>
    /// <param name="chat">Where.</param>
    /// <param name="typing">False where somebody stopped; platforms on which it ends by itself do nothing then.</param>
    /// <param name="ct">The caller's patience.</param>
    Task ShowTypingAsync(ChannelConnection channel, string chat, bool typing, CancellationToken ct);

    /// <summary>An agent has read what the customer wrote.</summary>
    Task ShowSeenAsync(ChannelConnection channel, string chat, CancellationToken ct);

    /// <summary>Tells a group, once, that only private chats are answered.</summary>
    Task GreetGroupAsync(ChannelConnection channel, string chat, CancellationToken ct);
}

/// <summary>A channel that can be asked who a customer is.</summary>
public interface IKnowsProfiles
{
    /// <summary>Never inside a webhook's call: a profile may be slow or refused, and the message is there already.</summary>
    Task<ProfileOutcome> FetchProfileAsync(ChannelConnection channel, string address, CancellationToken ct);
}

/// <summary>What came of fetching a file.</summary>
public abstract record FetchOutcome
{
    private FetchOutcome()
    {
    }

    public sealed record Fetched : FetchOutcome;

    /// <summary>It will not be had any more.</summary>
    /// <param name="Reason">Fit to be shown: no token, no address.</param>
    public sealed record Gone(string Reason) : FetchOutcome;

    /// <summary>It may be had later.</summary>
    public sealed record TryAgain(string Reason, TimeSpan? RetryAfter = null) : FetchOutcome;
}

/// <summary>What came of asking for a profile.</summary>
public abstract record ProfileOutcome
{
    private ProfileOutcome()
    {
    }

    /// <param name="Profile">Names, as the platform has them now.</param>
    /// <param name="Picture">What <see cref="ICarriesFiles.FetchAsync"/> takes; null where there is none.</param>
    /// <param name="PictureVersion">The same for the same picture, so that it is fetched once.</param>
    public sealed record Known(CustomerProfile Profile, string? Picture = null, string? PictureVersion = null) : ProfileOutcome;

    /// <summary>The platform will not say: a customer without a profile is still a customer.</summary>
    public sealed record Withheld(string Reason) : ProfileOutcome;

    public sealed record TryAgain(string Reason, TimeSpan? RetryAfter = null) : ProfileOutcome;
}
