using System.Collections.Concurrent;

namespace Fiko.Infrastructure.Webhooks;

/// <summary>So many calls at the same time in all. Who finds none free is named to whoever gives one back.</summary>
internal sealed class CallPlaces(int all)
{
    private readonly ConcurrentDictionary<long, bool> _waiting = [];
    private int _free = all;

    /// <returns>How many of the wanted places are the asker's now.</returns>
    public int Take(long who, int wanted)
    {
        while (true)
        {
            var free = Volatile.Read(ref _free);
            var taken = Math.Min(wanted, free);
            if (taken < wanted)
            {
                _waiting[who] = true;
            }

            // A place that was given back after the look and before the name was down is seen by the second look.
            if (taken == 0 && wanted > 0 && Volatile.Read(ref _free) > 0)
            {
                continue;
            }

            if (taken == 0 || Interlocked.CompareExchange(ref _free, free - taken, free) == free)
            {
                return taken;
            }
        }
    }

    public IReadOnlyCollection<long> Return(int places)
    {
        Interlocked.Add(ref _free, places);
        if (_waiting.IsEmpty)
        {
            return [];
        }

        return [.. _waiting.Keys.Where(who => _waiting.TryRemove(who, out _))];
    }
}
