namespace Fiko.Infrastructure.Backplane;

/// <summary>How often what the other instances say is looked up all the same, because a word of theirs can be lost.</summary>
internal static class Lookout
{
    private static readonly TimeSpan Anyway = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan WhileDeaf = TimeSpan.FromSeconds(1);

    /// <summary>Looks at once, then every second while nothing is heard, else every 5 s, whatever a single look meets.</summary>
    /// <param name="time">Whose time.</param>
    /// <param name="backplane">Over which the others are heard.</param>
    /// <param name="look">One look.</param>
    /// <param name="failed">Told when a look threw; the next one comes all the same.</param>
    /// <param name="stopping">Ends it.</param>
    public static Task LookOutAsync(this TimeProvider time, IBackplane backplane, Func<CancellationToken, Task> look, Action<Exception> failed, CancellationToken stopping)
    {
        var (looked, wasDeaf) = (long.MinValue, true);
        return time.LookEveryAsync(WhileDeaf, LookIfDueAsync, failed, stopping);

        async Task LookIfDueAsync(CancellationToken ct)
        {
            // Once more when it is heard again: what was said between the last look and that moment came to nobody.
            var isDeaf = !backplane.IsHeard;
            if (isDeaf || wasDeaf || time.GetElapsedTime(looked) >= Anyway)
            {
                (looked, wasDeaf) = (time.GetTimestamp(), isDeaf);
                await look(ct);
            }
        }
    }
}
