using System.Collections.Concurrent;
using System.Collections.Immutable;
using Fiko.Application.Realtime;
using Fiko.Infrastructure.Realtime;

namespace Fiko.WebApi.Sockets;

/// <summary>The sockets of this server, by what they listen to. Reading takes no lock: listeners of a topic are replaced, not changed.</summary>
internal sealed class SocketRegistry : ILocalSockets
{
    private readonly ConcurrentDictionary<Topic, ImmutableHashSet<SocketConnection>> _topics = new();
    private readonly EndedSessions _ended = new();

    public IEnumerable<SocketConnection> All => _topics.Values.SelectMany(sockets => sockets);

    public void Add(SocketConnection socket)
    {
        _topics.AddOrUpdate(socket.Topic, _ => [socket], (_, others) => others.Add(socket));

        // Its session may have ended after the token was believed and before the socket could be found here.
        if (socket.By.SessionId is { } session && _ended.Contains(session))
        {
            socket.EndAuthentication();
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
        _ended.Add(sessionId);
        foreach (var socket in All.Where(s => s.By.SessionId == sessionId))
        {
            socket.EndAuthentication();
        }
    }

    private ImmutableHashSet<SocketConnection> Listeners(Topic topic) => _topics.GetValueOrDefault(topic) ?? [];

    // Only those that ended while a socket may be on its way in: the newest few thousand.
    private sealed class EndedSessions
    {
        private const int Most = 4096;

        private readonly Lock _lock = new();
        private readonly HashSet<long> _ids = [];
        private readonly Queue<long> _order = [];

        public void Add(long session)
        {
            lock (_lock)
            {
                if (!_ids.Add(session))
                {
                    return;
                }

                _order.Enqueue(session);
                if (_order.Count > Most)
                {
                    _ids.Remove(_order.Dequeue());
                }
            }
        }

        public bool Contains(long session)
        {
            lock (_lock)
            {
                return _ids.Contains(session);
            }
        }
    }
}
