namespace Fiko.Domain.Channels;

/// <summary>The names of the channels that Fiko ships: a name, not an enum, so that a new channel changes nothing here.</summary>
public static class ChannelName
{
    public const string Telegram = "telegram";
    public const string Instagram = "instagram";
    public const string Api = "api";
}
