using Fiko.Application.Realtime;

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
}
