using System.Collections.Concurrent;
using System.Collections.Immutable;
using Fiko.Application.Realtime;
using Fiko.Application.Shared;
using Fiko.Infrastructure.Realtime;

namespace Fiko.WebApi.Sockets;

/// <summary>The sockets of this server, by what they listen to. Reading takes no lock: listeners of a topic are replaced, not changed.</summary>
internal sealed class SocketRegistry : ILocalSockets
{
    private readonly ConcurrentDictionary<Topic, ImmutableHashSet<SocketConnection>> _topics = new();
    private readonly RecentMoments _endedSessions = new();
    private readonly RecentMoments _endedAgents = new();
    private readonly RecentMoments _changedAgents = new();
    private long _moment;

    public long Moment => Interlocked.Read(ref _moment);

    public IEnumerable<SocketConnection> All => _topics.Values.SelectMany(sockets => sockets);

    public IReadOnlyCollection<Caller> Callers => All.Select(s => s.By).ToHashSet();

    public void Add(SocketConnection socket)
    {
        _topics.AddOrUpdate(socket.Topic, _ => [socket], (_, others) => others.Add(socket));
        Verify(socket);
    }

    /// <summary>Its session or its agent may have ended after its token was believed, and before the socket could be found here by it.</summary>
    public void Verify(SocketConnection socket)
    {
        if ((socket.By.SessionId is { } session && _endedSessions.Find(session) is not null) || _endedAgents.Find(socket.By.AgentId) > socket.Moment)
        {
            socket.EndAuthentication();
        }
        else if (_changedAgents.Find(socket.By.AgentId) > socket.Moment)
        {
            socket.RenewAgent();
        }
    }

    public void Remove(SocketConnection socket)
    {
        _topics.AddOrUpdate(socket.Topic, _ => [], (_, others) => others.Remove(socket));

        // Only if it is still the empty one: somebody may have come in between.
        _topics.TryRemove(KeyValuePair.Create(socket.Topic, ImmutableHashSet<SocketConnection>.Empty));
    }

    public bool AnyListensTo(Topic topic) => _topics.ContainsKey(topic);

    public void SendLogged(Topic topic, long position, ReadOnlyMemory<byte> frame)
    {
        foreach (var socket in Listeners(topic))
        {
            socket.OfferLogged(position, frame);
        }
    }

    public void SendMomentary(Topic topic, long exceptAgentId, string key, ReadOnlyMemory<byte> frame)
    {
        foreach (var socket in Listeners(topic))
        {
            if (socket.By.AgentId != exceptAgentId)
            {
                socket.OfferMomentary(key, frame);
            }
        }
    }

    public void EndTopic(Topic topic)
    {
        foreach (var socket in Listeners(topic))
        {
            socket.EndConversation();
        }
    }

    public void EndSession(long sessionId)
    {
        _endedSessions.Add(sessionId, Interlocked.Increment(ref _moment));
        foreach (var socket in All.Where(s => s.By.SessionId == sessionId))
        {
            socket.EndAuthentication();
        }
    }

    public void EndAgent(long agentId)
    {
        _endedAgents.Add(agentId, Interlocked.Increment(ref _moment));
        foreach (var socket in All.Where(s => s.By.AgentId == agentId))
        {
            socket.EndAuthentication();
        }
    }

    public void RenewAgent(long agentId)
    {
        _changedAgents.Add(agentId, Interlocked.Increment(ref _moment));
        foreach (var socket in All.Where(s => s.By.AgentId == agentId))
        {
            socket.RenewAgent();
        }
    }

    private ImmutableHashSet<SocketConnection> Listeners(Topic topic) => _topics.GetValueOrDefault(topic) ?? [];
}
