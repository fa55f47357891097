namespace Fiko.Domain.Channels;

/// <summary>Whether a channel works. Stored and shown by name.</summary>
public enum ChannelStatus
{
    Active,
    Disabled,
    Error,
}
