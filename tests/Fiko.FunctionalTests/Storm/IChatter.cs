namespace Fiko.FunctionalTests.Storm;

/// <summary>A customer of the stream: says by chance what happens next, and keeps the model of it.</summary>
internal interface IChatter
{
    ModelChat Chat { get; }

    /// <summary>The next thing that they do; an album is several events.</summary>
    IEnumerable<PlatformEvent> Do();

    /// <summary>What they do with an answer that they got: seen, liked, taken back.</summary>
    /// <param name="round">Which of the answers it is, from 0.</param>
    /// <param name="clientId">The answer's own id.</param>
    /// <param name="platformId">What their platform calls it.</param>
    PlatformEvent Sign(int round, string clientId, string platformId);
}
