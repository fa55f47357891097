namespace Fiko.Application.Auth;

/// <summary>Carries the end of sessions to whoever holds something open for them (rest.md, Auth: the sockets close with 1008).</summary>
public interface ISessionEvents
{
    /// <summary>Called after the commit, at least once for each session that was ended.</summary>
    void Ended(long sessionId);
}
