using Fiko.Domain.Channels;

namespace Fiko.Application.Channels;

/// <summary>The accounts of one platform, apart from what is said through them. Channels that no administrator connects have none.</summary>
public interface IChannelAccounts
{
    /// <summary>Which platform: as <see cref="IChannel.Name"/>.</summary>
    string Source { get; }

    /// <summary>Asks whether an account works, and ties it to this server once more: the server's address or keys may be others by now.</summary>
    /// <returns>Null where it works; else why it does not, without tokens or addresses.</returns>
    Task<string?> ReconnectAsync(ChannelAccount channel, CancellationToken ct);

    /// <summary>Tells the platform to bring nothing more. What it thinks of that does not matter: the channel goes all the same.</summary>
    Task DisconnectAsync(ChannelAccount channel, CancellationToken ct);
}
