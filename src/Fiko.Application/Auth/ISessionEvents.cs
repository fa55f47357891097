namespace Fiko.Application.Auth;

/// <summary>Carries what happens to sessions and agents to whoever holds something open for them (rest.md, Auth: the sockets close with 1008).</summary>
public interface ISessionEvents
{
    /// <summary>Called after the commit, at least once for each session that was ended.</summary>
    void Ended(long sessionId);

    /// <summary>The agent may do nothing any more: what is open for them ends, whatever login it came from. Called after the commit.</summary>
    void AgentEnded(long agentId);

    /// <summary>What is open for the agent knows them by an earlier name or role, and is to come back. Called after the commit.</summary>
    void AgentChanged(long agentId);
}
