using Fiko.Application.Auth;

namespace Fiko.Infrastructure.Realtime;

internal sealed class SessionEvents(ILocalSockets sockets) : ISessionEvents
{
    public void Ended(long sessionId) => sockets.EndSession(sessionId);
}
