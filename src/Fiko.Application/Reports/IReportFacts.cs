using Fiko.Application.Resources;

namespace Fiko.Application.Reports;

/// <summary>What the database counts and ranks for a report: rows of sums, however many facts there are behind them.</summary>
public interface IReportFacts
{
    /// <summary>How many there were, by local day, agent and source.</summary>
    IAsyncEnumerable<ReportCount> CountAsync(ReportedFact fact, ReportScope scope);

    /// <summary>How long it took: in all, by day, by agent and by source.</summary>
    IAsyncEnumerable<ReportRank> RankAsync(ReportedFact fact, ReportScope scope);
}

/// <summary>What is counted, by the moment it happened.</summary>
public enum ReportedFact
{
    /// <summary>A conversation began.</summary>
    Begun,

    /// <summary>A conversation was closed.</summary>
    Closed,

    /// <summary>A customer's message.</summary>
    Received,

    /// <summary>The business's message.</summary>
    Sent,

    /// <summary>The first answer to a customer.</summary>
    FirstAnswered,
}

/// <summary>Whose facts, and when.</summary>
/// <param name="Offsets">What the local clock is ahead of UTC: the first from the beginning on, each of the others from its moment on.</param>
public sealed record ReportScope(long WorkspaceId, DateTimeOffset From, DateTimeOffset Until, IReadOnlyList<(DateTimeOffset From, TimeSpan Offset)> Offsets)
{
    /// <summary>A range in a time zone, with the changes of its clock.</summary>
    public static ReportScope In(long workspaceId, TimeRange range, TimeZoneInfo zone)
    {
        var (from, until) = (range.From!.Value, range.Until!.Value);
        List<(DateTimeOffset, TimeSpan)> offsets = [(from, zone.GetUtcOffset(from))];
        for (var at = from; at < until;)
        {
            var next = at.AddHours(12) < until ? at.AddHours(12) : until;
            if (zone.GetUtcOffset(next) != zone.GetUtcOffset(at))
            {
                offsets.Add((ChangeIn(zone, at, next), zone.GetUtcOffset(next)));
            }

            at = next;
        }

        return new ReportScope(workspaceId, from, until, offsets);
    }

    // To the second: clocks have never changed at a finer moment.
    private static DateTimeOffset ChangeIn(TimeZoneInfo zone, DateTimeOffset before, DateTimeOffset after)
    {
        var old = zone.GetUtcOffset(before);
        var (low, high) = (before.ToUnixTimeSeconds(), after.ToUnixTimeSeconds());
        while (high - low > 1)
        {
            var middle = (low + high) / 2;
            (low, high) = zone.GetUtcOffset(DateTimeOffset.FromUnixTimeSeconds(middle)) == old ? (middle, high) : (low, middle);
        }

        return DateTimeOffset.FromUnixTimeSeconds(high);
    }
}

/// <param name="Day">Days since 1970-01-01, by the local clock.</param>
/// <param name="AgentId">Whose; null where it is nobody's.</param>
public sealed record ReportCount(long Day, long? AgentId, string Source, long Count);

/// <summary>Exact percentiles by nearest rank: the smallest value that so many are not above.</summary>
/// <param name="By"><c>all</c>, <c>day</c>, <c>agent</c> or <c>source</c>.</param>
/// <param name="Key">Which day, agent or source; null for all, and for no agent.</param>
/// <param name="Median">In milliseconds.</param>
/// <param name="P90">In milliseconds.</param>
public sealed record ReportRank(string By, string? Key, long Count, long Median, long P90);
