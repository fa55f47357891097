using Fiko.Application.Shared;

namespace Fiko.Application.Presence;

/// <summary>
/// Tells the boards of the other instances what happens on this one. Never waits, and a word may be lost: what it said ends
/// by itself (typing after 6 s, presence with the instance's lease).
/// </summary>
public interface IPeers
{
    void Tell(PresenceSign sign);
}

/// <summary>What an agent does in a chat on one instance.</summary>
/// <param name="Agent">Who.</param>
/// <param name="ConversationId">Where.</param>
/// <param name="Kind">What.</param>
public sealed record PresenceSign(PresentAgent Agent, long ConversationId, SignKind Kind);

/// <summary>What a sign says. Known to other instances by its name.</summary>
public enum SignKind
{
    /// <summary>Has a socket on the chat now, and had none on that instance before.</summary>
    Came,

    /// <summary>Has none there any more, and the grace is over.</summary>
    Left,

    Typing,

    StoppedTyping,
}

/// <summary>An agent as colleagues see them.</summary>
/// <param name="Id">The wire's <c>user_id</c>.</param>
/// <param name="WorkspaceId">Whose colleagues they are.</param>
/// <param name="Name">The wire's <c>username</c>.</param>
public sealed record PresentAgent(long Id, long WorkspaceId, string Name)
{
    public static PresentAgent Of(Caller caller) => new(caller.AgentId, caller.WorkspaceId, caller.Name);
}
