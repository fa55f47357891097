using Fiko.Application.Resources;

namespace Fiko.Application.Search;

/// <summary>What one index found, by ids that fall, and what there is to show of each: one that was erased meanwhile shows nothing.</summary>
internal sealed class SearchStream(IReadOnlyList<long> ids, IEnumerable<SearchHit> hits)
{
    public static readonly SearchStream Empty = new([], []);

    private readonly Dictionary<long, SearchHit> _hits = hits.ToDictionary(h => h.Key);

    /// <summary>Two streams as one page, newest first; each keeps its own order, so that the mark says exactly what was shown.</summary>
    /// <param name="messages">One more than fits, where there are that many.</param>
    /// <param name="customers">One more than fits, where there are that many.</param>
    /// <param name="limit">How many fit.</param>
    /// <param name="mark">Where the page begins.</param>
    public static Page<SearchHit> Merge(SearchStream messages, SearchStream customers, int limit, SearchMark mark)
    {
        var page = new List<SearchHit>();
        var (m, c) = (new Reader(messages), new Reader(customers));
        while (page.Count < limit && (m.Head ?? c.Head) is not null)
        {
            var isMessage = c.Head is not { } customer || (m.Head is { } message && message.CreatedAt >= customer.CreatedAt);
            page.Add((isMessage ? m : c).Take());
        }

        var next = new SearchMark(m.Last ?? mark.Message, c.Last ?? mark.Customer);
        return new Page<SearchHit>(page, m.Head is null && c.Head is null && m.IsShort(limit) && c.IsShort(limit) ? null : next.ToString());
    }

    private sealed class Reader(SearchStream stream)
    {
        private int _at;

        public long? Last { get; private set; }

        public SearchHit? Head
        {
            get
            {
                for (; _at < stream.Count; _at++)
                {
                    if (stream._hits.TryGetValue(stream.Id(_at), out var hit))
                    {
                        return hit;
                    }

                    Last = stream.Id(_at);
                }

                return null;
            }
        }

        public bool IsShort(int limit) => stream.Count <= limit;

        public SearchHit Take()
        {
            var hit = Head!;
            (Last, _at) = (hit.Key, _at + 1);
            return hit;
        }
    }

    private int Count => ids.Count;

    private long Id(int at) => ids[at];
}
