using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace Fiko.Application.Auth;

/// <summary>
/// Limits failed logins (rest.md, Auth): 5 in 5 minutes for an email, known or not, and 50 for a client address. Logins
/// under way count as failures until they end, so a burst gets no more guesses than a queue; those that don't fit wait
/// for the outcome of the others, so a burst of right passwords passes. Kept in the memory of one instance.
/// </summary>
public sealed class LoginThrottle(TimeProvider time)
{
    /// <summary>Above it the counters touched longest ago are forgotten: an attacker with many names can't fill the memory.</summary>
    internal const int MaxCounters = 50_000;

    private const int PerEmail = 5;
    private const int PerAddress = 50;
    private static readonly TimeSpan Window = TimeSpan.FromMinutes(5);

    private readonly Lock _lock = new();
    private readonly Dictionary<UInt128, LinkedListNode<Counter>> _counters = [];
    private readonly LinkedList<Counter> _byTouch = [];

    internal int Counters
    {
        get
        {
            lock (_lock)
            {
                return _counters.Count;
            }
        }
    }

    /// <summary>Waits for a turn to compare a password. The attempt counts nothing until it says how it went.</summary>
    /// <exception cref="TooManyAttemptsException">The email or the address has used its failures up.</exception>
    public async Task<Attempt> EnterAsync(string email, string? address, CancellationToken ct)
    {
        while (true)
        {
            Task somebodyLeft;
            lock (_lock)
            {
                var now = time.GetUtcNow();
                Forget(now);
                var byEmail = Touch($"email:{email}", PerEmail, now);
                var byAddress = address is null ? null : Touch($"address:{address}", PerAddress, now);
                DateTimeOffset?[] blocked = [byEmail.BlockedUntil(now), byAddress?.BlockedUntil(now)];
                if (blocked.Max() is { } until)
                {
                    throw new TooManyAttemptsException(until - now);
                }

                if (byEmail.HasRoom && byAddress is null or { HasRoom: true })
                {
                    byEmail.UnderWay += 1;
                    byAddress?.UnderWay += 1;
                    return new Attempt(this, byEmail, byAddress);
                }

                somebodyLeft = (byEmail.HasRoom ? byAddress! : byEmail).Changed.Task;
            }

            await somebodyLeft.WaitAsync(ct);
        }
    }

    private void Leave(Counter byEmail, Counter? byAddress, bool? failed)
    {
        lock (_lock)
        {
            var now = time.GetUtcNow();
            if (failed is false)
            {
                byEmail.Failures.Clear();
            }

            // The address keeps its failures: a login of one's own would else buy new guesses at others'.
            byEmail.Leave(failed is true, now);
            byAddress?.Leave(failed is true, now);
        }
    }

    private Counter Touch(string name, int limit, DateTimeOffset now)
    {
        var key = BinaryPrimitives.ReadUInt128LittleEndian(SHA256.HashData(Encoding.UTF8.GetBytes(name)));
        if (_counters.TryGetValue(key, out var node))
        {
            _byTouch.Remove(node);
        }
        else
        {
            _counters[key] = node = new LinkedListNode<Counter>(new Counter(key, limit));
        }

        node.Value.TouchedAt = now;
        _byTouch.AddLast(node);
        return node.Value;
    }

    private void Forget(DateTimeOffset now)
    {
        // Room for the two counters that the caller may add.
        while (_byTouch.First is { } oldest
            && (_counters.Count > MaxCounters - 2 || (oldest.Value.UnderWay == 0 && oldest.Value.TouchedAt + Window <= now)))
        {
            _counters.Remove(oldest.Value.Key);
            _byTouch.Remove(oldest);
        }
    }

    /// <summary>One comparison of a password. Disposed without a word, it never happened.</summary>
    public sealed class Attempt : IDisposable
    {
        private readonly LoginThrottle _throttle;
        private readonly Counter _byEmail;
        private readonly Counter? _byAddress;
        private bool _over;

        internal Attempt(LoginThrottle throttle, Counter byEmail, Counter? byAddress) =>
            (_throttle, _byEmail, _byAddress) = (throttle, byEmail, byAddress);

        public void Failed() => End(failed: true);

        public void Succeeded() => End(failed: false);

        public void Dispose() => End(failed: null);

        private void End(bool? failed)
        {
            if (!_over)
            {
                _over = true;
                _throttle.Leave(_byEmail, _byAddress, failed);
            }
        }
    }

    internal sealed class Counter(UInt128 key, int limit)
    {
        public UInt128 Key { get; } = key;

        public Queue<DateTimeOffset> Failures { get; } = [];

        public int UnderWay { get; set; }

        public DateTimeOffset TouchedAt { get; set; }

        public TaskCompletionSource Changed { get; private set; } = NewSignal();

        public bool HasRoom => Failures.Count + UnderWay < limit;

        public DateTimeOffset? BlockedUntil(DateTimeOffset now)
        {
            while (Failures.TryPeek(out var oldest) && oldest + Window <= now)
            {
                Failures.Dequeue();
            }

            return Failures.Count >= limit ? Failures.Peek() + Window : null;
        }

        public void Leave(bool failed, DateTimeOffset now)
        {
            UnderWay--;
            TouchedAt = now;
            if (failed)
            {
                Failures.Enqueue(now);
            }

            Changed.SetResult();
            Changed = NewSignal();
        }

        private static TaskCompletionSource NewSignal() => new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
