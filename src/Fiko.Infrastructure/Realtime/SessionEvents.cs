using Fiko.Application.Auth;

namespace Fiko.Infrastructure.Realtime;

internal sealed class SessionEvents(ILocalSockets sockets) : ISessionEvents
{
    public void Ended(long sessionId) => sockets.EndSession(sessionId);

    public void AgentEnded(long agentId) => sockets.EndAgent(agentId);

    public void AgentChanged(long agentId) => sockets.RenewAgent(agentId);
}
