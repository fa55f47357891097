using Fiko.Domain.Channels;

namespace Fiko.Application.Channels;

/// <summary>The channels that this server speaks.</summary>
public sealed class ChannelBook(IEnumerable<IChannel> channels)
{
    private readonly Dictionary<string, IChannel> _channels = channels.ToDictionary(c => c.Name);

    /// <summary>Null for a channel with nothing to send to (the API channel), or one that is not connected to this server.</summary>
    public IChannel? Find(string name) => _channels.GetValueOrDefault(name);

    /// <summary>Whether a message on it is sent by being stored: the integrator reads it off the log.</summary>
    public static bool NeedsNoDelivery(string name) => name == ChannelName.Api;
}

/// <summary>Seals secrets for keeping: readable only with the server's keys.</summary>
public interface ISecrets
{
    string Seal(string secret);

    /// <returns>Null where the keys are not the ones it was sealed with.</returns>
    string? Open(string sealedSecret);
}

/// <summary>Tells a platform's customer that somebody types; drops what comes too often or can't be sent.</summary>
public interface ITypingSignals
{
    void Typing(long conversationId);
}
