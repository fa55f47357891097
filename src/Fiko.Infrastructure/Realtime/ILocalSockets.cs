using Fiko.Application.Realtime;
using Fiko.Application.Shared;

namespace Fiko.Infrastructure.Realtime;

/// <summary>The sockets that are connected to this server. Nothing here waits for one of them.</summary>
public interface ILocalSockets
{
    bool AnyListensTo(Topic topic);

    /// <summary>A frame of the log: each socket takes it in this order, and once.</summary>
    void SendLogged(Topic topic, long position, ReadOnlyMemory<byte> frame);

    /// <summary>A frame of the moment: replaced by a newer one of its key where a socket can't keep up.</summary>
    void SendMomentary(Topic topic, long exceptAgentId, string key, ReadOnlyMemory<byte> frame);

    /// <summary>What they listen to is no more: they are told so, and closed with 4404.</summary>
    void EndTopic(Topic topic);

    /// <summary>The login behind them has ended: they are told so, and closed with 1008.</summary>
    void EndSession(long sessionId);

    /// <summary>Whose they are, one each.</summary>
    IReadOnlyCollection<Caller> Callers { get; }

    /// <summary>Rises with each end or renewal of an agent. Read before an agent is looked up, it tells later whether that look was too early.</summary>
    long Moment { get; }

    /// <summary>The agent is no more: their sockets are told so, and closed with 1008; those on their way in, too.</summary>
    void EndAgent(long agentId);

    /// <summary>The agent is another: their sockets are closed with 1001 and come back as who they are now; those on their way in, too.</summary>
    void RenewAgent(long agentId);
}
