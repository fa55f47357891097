namespace Fiko.Domain.Channels;

/// <summary>The one polite answer a group gets. The row's key makes it one; writing it comes before sending.</summary>
public sealed class GroupNotice(long channelId, string chat, DateTimeOffset noticedAt)
{
    public long ChannelId { get; private set; } = channelId;

    public string Chat { get; private set; } = chat;

    public DateTimeOffset NoticedAt { get; private set; } = noticedAt;
}
