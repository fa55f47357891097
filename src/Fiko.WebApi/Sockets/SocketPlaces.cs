namespace Fiko.WebApi.Sockets;

/// <summary>How many sockets there may be (protocol.md, Limits): of a user, of all, and of those who have not proved who they are.</summary>
internal sealed class SocketPlaces(SocketOptions options, TimeProvider time)
{
    private readonly Lock _lock = new();
    private readonly Dictionary<long, User> _users = [];
    private int _handshakes;
    private int _open;
    private int _turnedAway;

    /// <summary>Whether so many are on their way in that those who may not come in are better not waited for.</summary>
    public bool IsCrowded
    {
        get
        {
            lock (_lock)
            {
                return _handshakes > options.MaxHandshakes / 2;
            }
        }
    }

    /// <summary>Null where the server has no room.</summary>
    public Handshake? TryBegin()
    {
        lock (_lock)
        {
            if (_handshakes >= options.MaxHandshakes || _handshakes + _open >= options.MaxOpen)
            {
                _turnedAway++;
                return null;
            }

            _handshakes++;
            return new Handshake(this);
        }
    }

    /// <summary>Whether the user was closed for flooding so lately that nothing new of theirs is listened to.</summary>
    public bool IsPaused(long agentId)
    {
        lock (_lock)
        {
            return _users.TryGetValue(agentId, out var user) && user.PausedUntil > time.GetUtcNow();
        }
    }

    /// <summary>Null where the user has enough.</summary>
    public Place? TryTake(long agentId)
    {
        lock (_lock)
        {
            if (!_users.TryGetValue(agentId, out var user))
            {
                _users[agentId] = user = new User(new FrameAllowance(options.UserFramesPerSecond, options.UserFrameBurst, time));
            }

            if (user.Sockets >= options.MaxPerUser)
            {
                return null;
            }

            user.Sockets++;
            _open++;
            return new Place(this, user);
        }
    }

    /// <summary>Forgets users who are gone, once their allowance is full again: who comes back sooner does not get a new one.</summary>
    /// <returns>How many were turned away since the last time.</returns>
    public int Tidy()
    {
        lock (_lock)
        {
            var now = time.GetUtcNow();
            foreach (var (agentId, user) in _users)
            {
                if (user.Sockets == 0 && user.Allowance.IsFull && user.PausedUntil <= now)
                {
                    _users.Remove(agentId);
                }
            }

            return Interlocked.Exchange(ref _turnedAway, 0);
        }
    }

    private void Leave(User user)
    {
        lock (_lock)
        {
            user.Sockets--;
            _open--;
        }
    }

    private void Pause(User user)
    {
        lock (_lock)
        {
            user.PausedUntil = time.GetUtcNow() + options.FloodPause;
        }
    }

    private void EndHandshake()
    {
        lock (_lock)
        {
            _handshakes--;
        }
    }

    /// <summary>Somebody on the way in.</summary>
    public sealed class Handshake(SocketPlaces places) : IDisposable
    {
        private int _over;

        public void Dispose()
        {
            if (Interlocked.Exchange(ref _over, 1) == 0)
            {
                places.EndHandshake();
            }
        }
    }

    /// <summary>A socket of a user.</summary>
    public sealed class Place : IDisposable
    {
        private readonly SocketPlaces _places;
        private readonly User _user;

        internal Place(SocketPlaces places, User user) => (_places, _user) = (places, user);

        /// <summary>What the user may say on all sockets together.</summary>
        public FrameAllowance Allowance => _user.Allowance;

        /// <summary>The socket ends for flooding: who comes back at once would make more work by that than by what they say.</summary>
        public void Pause() => _places.Pause(_user);

        public void Dispose() => _places.Leave(_user);
    }

    internal sealed class User(FrameAllowance allowance)
    {
        public FrameAllowance Allowance { get; } = allowance;

        public int Sockets { get; set; }

        public DateTimeOffset PausedUntil { get; set; }
    }
}
