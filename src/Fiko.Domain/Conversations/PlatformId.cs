namespace Fiko.Domain.Conversations;

/// <summary>
/// What a platform calls a message, or one part of it. Unique by (channel, scope, id), whichever side wrote: whoever comes second,
/// a redelivery, an echo or the answer to our own call, finds the first.
/// </summary>
public sealed class PlatformId(long channelId, string scope, string externalId)
{
    public long Id { get; private set; }

    public long ChannelId { get; private set; } = channelId;

    /// <summary>The chat where the platform's ids are unique within one; empty where they are unique within the account.</summary>
    public string Scope { get; private set; } = scope;

    public string ExternalId { get; private set; } = externalId;

    public long MessageId { get; private set; }
}
