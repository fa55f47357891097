using Fiko.Application.Auth;
using Fiko.Infrastructure.Backplane;

namespace Fiko.Infrastructure.Realtime;

/// <summary>To the sockets of this instance at once, and to those of the others by a word. Who misses it finds it in the database.</summary>
internal sealed class SessionEvents(ILocalSockets sockets, IBackplane backplane) : ISessionEvents
{
    public void Ended(long sessionId) => Tell(AccessChange.SessionEnded, sessionId);

    public void AgentEnded(long agentId) => Tell(AccessChange.AgentEnded, agentId);

    public void AgentChanged(long agentId) => Tell(AccessChange.AgentChanged, agentId);

    /// <summary>What another instance told.</summary>
    public void Hear(AccessEnded word)
    {
        switch (word.Change)
        {
            case AccessChange.SessionEnded:
                sockets.EndSession(word.Id);
                break;
            case AccessChange.AgentEnded:
                sockets.EndAgent(word.Id);
                break;
            case AccessChange.AgentChanged:
                sockets.RenewAgent(word.Id);
                break;
        }
    }

    private void Tell(AccessChange change, long id)
    {
        var word = new AccessEnded(change, id);
        Hear(word);
        backplane.Say(word);
    }
}
