using System.Collections.Concurrent;

namespace Fiko.FunctionalTests.Storm;

/// <summary>
/// Posts each event one to three times, each copy somewhere within the two seconds after the event, several at once. The seconds are
/// those of the stream's own clock, which runs as fast as the server takes the posts.
/// </summary>
internal sealed class ShuffledPosts(Shop shop, Random chance) : IDisposable
{
    private const int MostCopies = 3;
    private const int Posters = 24;

    private readonly Lock _gate = new();
    private readonly PriorityQueue<PlatformEvent, double> _waiting = new();
    private readonly SemaphoreSlim _there = new(0);
    private readonly ConcurrentDictionary<string, long> _posted = new();
    private double _now;
    private bool _complete;

    public int Events { get; private set; }

    public int Copies { get; private set; }

    /// <summary>When the first copy of each new text was posted, in ticks of the clock.</summary>
    public IReadOnlyDictionary<string, long> Posted => _posted;

    /// <param name="news">What happened.</param>
    /// <param name="at">When, in milliseconds of the stream's clock; at once where it is not given.</param>
    public void Add(PlatformEvent news, double? at = null)
    {
        lock (_gate)
        {
            var copies = chance.Next(1, MostCopies + 1);
            Events++;
            Copies += copies;
            for (var copy = 0; copy < copies; copy++)
            {
                _waiting.Enqueue(news, (at ?? _now) + chance.Next(2000));
            }

            _there.Release(copies);
        }
    }

    /// <summary>Nothing more will happen.</summary>
    public void Complete()
    {
        _complete = true;
        _there.Release(Posters);
    }

    /// <summary>Returns when all is posted that was added before <see cref="Complete"/>.</summary>
    public Task RunAsync() => Task.WhenAll(Enumerable.Range(0, Posters).Select(_ => Task.Run(PostAllAsync)));

    public void Dispose() => _there.Dispose();

    private async Task PostAllAsync()
    {
        while (true)
        {
            await _there.WaitAsync();
            if (Take() is { } news)
            {
                if (news.Says is { } text)
                {
                    _posted.TryAdd(text, TimeProvider.System.GetTimestamp());
                }

                await shop.PostAsync(news);
            }
            else if (_complete)
            {
                return;
            }
        }
    }

    private PlatformEvent? Take()
    {
        lock (_gate)
        {
            return _waiting.TryDequeue(out var news, out var at) ? At(news, at) : null;
        }
    }

    private PlatformEvent At(PlatformEvent news, double at)
    {
        _now = Math.Max(_now, at);
        return news;
    }
}
