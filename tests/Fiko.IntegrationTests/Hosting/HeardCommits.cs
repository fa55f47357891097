using System.Collections.Concurrent;
using Fiko.Infrastructure.Persistence;

namespace Fiko.IntegrationTests.Hosting;

/// <summary>Stands where the feed and the workers stand: hears of commits, and does nothing about them.</summary>
internal sealed class HeardCommits : ICommitListener
{
    private readonly ConcurrentQueue<Committed> _all = new();

    public IReadOnlyList<Committed> All => [.. _all];

    public Action<Committed>? Then { get; set; }

    public void OnCommitted(Committed changes)
    {
        _all.Enqueue(changes);
        Then?.Invoke(changes);
    }
}
