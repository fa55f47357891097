using System.Security.Cryptography;
using System.Text;

namespace Fiko.Domain.Channels;

/// <summary>What became of an inbound update. Stored by name.</summary>
public enum InboundStatus
{
    Pending,
    Processed,

    /// <summary>Understood, and of no concern to an inbox; the reason says why.</summary>
    Ignored,

    /// <summary>Of something that has not come yet; applied when it does.</summary>
    Waiting,

    /// <summary>Could not be understood or applied; it stays stored, with the reason.</summary>
    Failed,
}

/// <summary>One update as the platform sent it, stored before anything is made of it. Unique by (channel, key).</summary>
public sealed class InboundUpdate
{
    private InboundUpdate()
    {
    }

    public InboundUpdate(long channelId, string key, string lane, string body, DateTimeOffset receivedAt)
    {
        ChannelId = channelId;
        Key = key;
        Lane = lane;
        Body = body;
        ReceivedAt = receivedAt;
    }

    public long Id { get; private set; }

    public long ChannelId { get; private set; }

    /// <summary>The platform's id of the update, or a hash of a body that has none.</summary>
    public string Key { get; private set; } = "";

    /// <summary>Updates of one lane (a chat) are applied in the order of their arrival.</summary>
    public string Lane { get; private set; } = "";

    public string Body { get; private set; } = "";

    public DateTimeOffset ReceivedAt { get; private set; }

    /// <summary>Also the row's concurrency token: an update is applied once, whoever tries.</summary>
    public InboundStatus Status { get; private set; }

    public string? Reason { get; private set; }

    /// <summary>While waiting: for what.</summary>
    public string? About { get; private set; }

    public int Attempts { get; private set; }

    /// <summary>When something was made of it; while waiting, when that began.</summary>
    public DateTimeOffset? ProcessedAt { get; private set; }

    public void Settle(InboundStatus status, string? reason, DateTimeOffset now)
    {
        Status = status;
        Reason = reason;
        About = null;
        ProcessedAt = now;
    }

    /// <summary>It can't be applied before something else has come.</summary>
    public void WaitFor(string about, string reason, DateTimeOffset now)
    {
        (Status, About, Reason) = (InboundStatus.Waiting, about, reason);
        ProcessedAt ??= now;
    }

    /// <summary>What it waited for is there.</summary>
    public void Resume() => (Status, About, Reason) = (InboundStatus.Pending, null, null);

    public void Stumble() => Attempts++;

    /// <summary>What it said is forgotten. Only a hash of its key stays, so that the platform can't bring it back.</summary>
    public void Erase() => (Key, Lane, Body, Reason, About, Status) = (ErasedKey(Key), "", "", null, null, InboundStatus.Ignored);

    /// <summary>What the key of an erased update has become.</summary>
    public static string ErasedKey(string key) => $"erased:{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(key)))}";
}
