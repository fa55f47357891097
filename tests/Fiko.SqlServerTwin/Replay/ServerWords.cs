using Fiko.SqlServerTwin.Fake;

namespace Fiko.SqlServerTwin.Replay;

/// <summary>Servers with full-text search and without: the product asks them which they are, once.</summary>
public static class ServerWords
{
    /// <param name="withFullText">Which of the two.</param>
    /// <param name="heard">Told of every command.</param>
    /// <param name="answers">What else it knows.</param>
    public static FakeConnection Connection(bool withFullText, Action<FakeCommand> heard, Func<string, object?[]?>? answers = null) =>
        new(heard, sql => sql.Contains("TableHasActiveFulltextIndex", StringComparison.Ordinal) ? [withFullText ? 1 : 0] : answers?.Invoke(sql), withFullText ? "twin_with_full_text" : "twin");
}
