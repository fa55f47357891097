namespace Fiko.Application.Search;

/// <summary>
/// What was said, by its words. It is written in the transaction of every change, so that it never differs from what is stored, and
/// what belongs to another workspace stands at another place in it.
/// </summary>
public interface ISearchIndex
{
    /// <returns>Ids of messages, newest first: at most as many as were asked for.</returns>
    Task<IReadOnlyList<long>> FindMessagesAsync(MessageSearch search, CancellationToken ct);

    /// <returns>Ids of the workspace's customers, in no order: to narrow another query by.</returns>
    IQueryable<long> FindCustomers(long workspaceId, SearchQuery query);

    /// <summary>Overwrites the words of what was deleted, one small step at a time. Only inside a command.</summary>
    /// <param name="begin">Whether this is the first step.</param>
    /// <param name="ct">Ends it.</param>
    /// <returns>Whether there is more to do.</returns>
    Task<bool> PurgeAsync(bool begin, CancellationToken ct);
}

/// <summary>Which messages are looked for.</summary>
/// <param name="Query">Their words.</param>
/// <param name="Count">At most how many.</param>
public sealed record MessageSearch(long WorkspaceId, SearchQuery Query, int Count)
{
    /// <summary>Only those with a lower id: where the page before ended.</summary>
    public long? Before { get; init; }

    /// <summary>Only those of these conversations; null for all.</summary>
    public IReadOnlyList<long>? Conversations { get; init; }

    public string? Source { get; init; }

    public DateTimeOffset? From { get; init; }

    /// <summary>The first moment that is too late.</summary>
    public DateTimeOffset? Until { get; init; }
}
