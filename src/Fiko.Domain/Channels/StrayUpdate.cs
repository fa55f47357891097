namespace Fiko.Domain.Channels;

/// <summary>What a platform sent and signed, and no channel can be found for. Kept as it came, once; nothing is made of it.</summary>
public sealed class StrayUpdate(string source, string key, string body, string reason, DateTimeOffset receivedAt)
{
    public long Id { get; private set; }

    public string Source { get; private set; } = source;

    /// <summary>A hash of the body; unique per source.</summary>
    public string Key { get; private set; } = key;

    public string Body { get; private set; } = body;

    public string Reason { get; private set; } = reason;

    public DateTimeOffset ReceivedAt { get; private set; } = receivedAt;
}
