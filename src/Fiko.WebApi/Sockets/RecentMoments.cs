namespace Fiko.WebApi.Sockets;

/// <summary>When something last happened to somebody, as long as a socket of before may still be on its way in: the newest few thousand.</summary>
internal sealed class RecentMoments
{
    private const int Most = 4096;

    private readonly Lock _lock = new();
    private readonly Dictionary<long, long> _moments = [];
    private readonly Queue<(long Key, long Moment)> _order = [];

    public void Add(long key, long moment)
    {
        lock (_lock)
        {
            _moments[key] = moment;
            _order.Enqueue((key, moment));
            if (_order.Count > Most && _order.Dequeue() is var (oldest, of) && _moments[oldest] == of)
            {
                _moments.Remove(oldest);
            }
        }
    }

    /// <summary>Null where nothing is known.</summary>
    public long? Find(long key)
    {
        lock (_lock)
        {
            return _moments.TryGetValue(key, out var moment) ? moment : null;
        }
    }
}
