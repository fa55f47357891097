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
