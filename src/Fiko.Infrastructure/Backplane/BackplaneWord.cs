using System.Text.Json.Serialization;
using Fiko.Application.Presence;
using Fiko.Application.Realtime;

namespace Fiko.Infrastructure.Backplane;

/// <summary>What one instance says to the others. A kind that a later version adds is passed over by an earlier one.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "k")]
[JsonDerivedType(typeof(Beat), "beat")]
[JsonDerivedType(typeof(LogHint), "hint")]
[JsonDerivedType(typeof(Signed), "sign")]
[JsonDerivedType(typeof(WhoIsThere), "who")]
[JsonDerivedType(typeof(Everybody), "all")]
[JsonDerivedType(typeof(AccessEnded), "access")]
[JsonDerivedType(typeof(Online), "online")]
internal abstract record BackplaneWord
{
    /// <summary>The workspace that it is about; null where all instances are to hear it.</summary>
    [JsonIgnore]
    public abstract long? Workspace { get; }
}

/// <summary>I am here. Said every second, and heard by its sender, too, who knows by that whether anything is heard.</summary>
internal sealed record Beat : BackplaneWord
{
    public override long? Workspace => null;
}

/// <summary>A workspace's log goes up to there.</summary>
internal sealed record LogHint(long WorkspaceId, long Head) : BackplaneWord
{
    public override long? Workspace => WorkspaceId;
}

/// <summary>The frames that one event of a log turned into. Whoever has heard the one before needs no look at the database.</summary>
internal sealed record EventFrames(long WorkspaceId, long Position, IReadOnlyList<TopicFrame> Frames) : BackplaneWord
{
    public override long? Workspace => WorkspaceId;
}

/// <param name="Topic">Who listens to it.</param>
/// <param name="Frame">Its bytes; empty where the topic has ended.</param>
internal readonly record struct TopicFrame(Topic Topic, ReadOnlyMemory<byte> Frame);

/// <summary>Somebody came into a chat, left it, types.</summary>
internal sealed record Signed(PresenceSign Sign) : BackplaneWord
{
    public override long? Workspace => Sign.Agent.WorkspaceId;
}

/// <summary>Who of a workspace is where? Asked by an instance that begins to follow it, or has missed something.</summary>
internal sealed record WhoIsThere(long WorkspaceId) : BackplaneWord
{
    public override long? Workspace => WorkspaceId;
}

/// <summary>Everybody of a workspace who is in a chat on the instance that says so.</summary>
internal sealed record Everybody(long WorkspaceId, IReadOnlyList<PresenceSign> Signs) : BackplaneWord
{
    public override long? Workspace => WorkspaceId;
}

/// <summary>Everybody who has a socket on the instance that says so.</summary>
internal sealed record Online(IReadOnlyList<OnlineAgent> Agents) : BackplaneWord
{
    public override long? Workspace => null;
}

internal readonly record struct OnlineAgent(long WorkspaceId, long AgentId);

/// <summary>What is open for a session or an agent ends, or is to be opened anew.</summary>
internal sealed record AccessEnded(AccessChange Change, long Id) : BackplaneWord
{
    public override long? Workspace => null;
}

/// <summary>What became of a session or an agent.</summary>
internal enum AccessChange
{
    SessionEnded,
    AgentEnded,
    AgentChanged,
}
