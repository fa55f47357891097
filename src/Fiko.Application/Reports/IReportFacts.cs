using Fiko.Application.Resources;

namespace Fiko.Application.Reports;

/// <summary>What the database counts and sorts for a report; it is read as it comes, and never held.</summary>
public interface IReportFacts
{
    /// <summary>How many there were, by local day, agent and source: a group may come in several parts.</summary>
    IAsyncEnumerable<ReportCount> CountAsync(ReportedFact fact, ReportScope scope);

    /// <summary>Each that took a time (<see cref="ReportedFact.FirstAnswered"/>, <see cref="ReportedFact.Closed"/>), the quickest first.</summary>
    IAsyncEnumerable<ReportTook> SortAsync(ReportedFact fact, ReportScope scope);
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

    /// <summary>The local days, since 1970-01-01, in order. One in which the clock changes comes in pieces, and so does one that the clock goes back into.</summary>
    public IEnumerable<(long Day, DateTimeOffset From, DateTimeOffset Until)> Days()
    {
        for (var i = 0; i < Offsets.Count; i++)
        {
            var offset = Offsets[i].Offset;
            var end = i + 1 < Offsets.Count ? Offsets[i + 1].From : Until;
            for (var at = Offsets[i].From; at < end;)
            {
                var local = at.UtcDateTime + offset;
                var midnight = at + (local.Date.AddDays(1) - local);
                var next = midnight < end ? midnight : end;
                yield return ((local.Date - DateTime.UnixEpoch).Days, at, next);
                at = next;
            }
        }
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

/// <param name="Day">Days since 1970-01-01, by the local clock.</param>
/// <param name="AgentId">Whose; null where it is nobody's.</param>
/// <param name="Took">In milliseconds.</param>
public sealed record ReportTook(long Day, long? AgentId, string Source, long Took);
