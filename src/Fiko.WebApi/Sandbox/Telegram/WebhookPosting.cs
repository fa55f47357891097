namespace Fiko.WebApi.Sandbox.Telegram;

/// <summary>How often and how orderly updates are posted to webhooks; Telegram itself promises no "exactly once" either.</summary>
internal sealed class WebhookPosting
{
    private readonly Lock _gate = new();
    private Random _random = Random.Shared;

    public PostingBody Current { get; private set; } = new();

    public void Set(PostingBody wished)
    {
        lock (_gate)
        {
            Current = wished;
            _random = wished.Seed is { } seed ? new Random(seed) : Random.Shared;
        }
    }

    /// <summary>Null where an update takes its turn in its chat; else when each copy of it goes out.</summary>
    public TimeSpan[]? Copies()
    {
        lock (_gate)
        {
            if (Current is { Repeat: 1, ShuffleMs: 0 })
            {
                return null;
            }

            var copies = Current.Vary ? _random.Next(1, Current.Repeat + 1) : Current.Repeat;
            return [.. Enumerable.Range(0, copies).Select(_ => TimeSpan.FromMilliseconds(_random.Next(Current.ShuffleMs + 1)))];
        }
    }
}

/// <param name="Repeat">How many times each update is posted.</param>
/// <param name="ShuffleMs">Within how long, each at a moment of its own.</param>
/// <param name="Vary">From once to so many times, drawn for each update.</param>
/// <param name="Seed">The same seed draws the same.</param>
internal sealed record PostingBody(int Repeat = 1, int ShuffleMs = 0, bool Vary = false, int? Seed = null)
{
    public PostingBody()
        : this(1)
    {
    }
}
