namespace Fiko.Domain.Channels;

/// <summary>
/// Whose turn it is to ask for a channel's updates. A platform lets one ask at a time and cuts off the other
/// (core.telegram.org/bots/api, getUpdates), so of several servers one has the turn, until it ends or is given back.
/// </summary>
public sealed class PollTurn(long channelId)
{
    public long ChannelId { get; private set; } = channelId;

    /// <summary>The server that has it, or had it last.</summary>
    public Guid Holder { get; private set; }

    public DateTimeOffset Until { get; private set; }

    /// <summary>Takes it, or keeps it for longer.</summary>
    /// <returns>Whether it is the asking server's now. Another one's turn is not touched before it has ended.</returns>
    public bool Take(Guid by, DateTimeOffset now, TimeSpan length)
    {
        if (Holder != by && now < Until)
        {
            return false;
        }

        (Holder, Until) = (by, now + length);
        return true;
    }

    /// <summary>Gives it back: whoever asks next has it.</summary>
    public void End(DateTimeOffset now) => Until = now;
}
