using Fiko.Application.Realtime;

namespace Fiko.Infrastructure.Realtime;

/// <summary>On one server: straight to its sockets.</summary>
internal sealed class Broadcaster(ILocalSockets sockets) : IBroadcaster
{
    public void Send(Topic topic, long exceptAgentId, string key, ServerFrame frame)
    {
        if (sockets.AnyListensTo(topic))
        {
            sockets.SendMomentary(topic, exceptAgentId, key, Wire.Encode(frame));
        }
    }
}
