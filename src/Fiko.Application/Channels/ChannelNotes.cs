using Fiko.Application.Audit;

namespace Fiko.Application.Channels;

/// <summary>What the audit says of channels.</summary>
internal static class ChannelNotes
{
    public static string Target(long channelId) => $"channel_{channelId}";

    public static AuditNote Connected(long channelId, string source) =>
        new("channel.connected", Target(channelId), new Dictionary<string, object?> { ["source"] = source });

    public static AuditNote Changed(long channelId, params string[] fields) =>
        new("channel.changed", Target(channelId), new Dictionary<string, object?> { ["fields"] = fields });
}
