using System.Globalization;

namespace Fiko.Application.Reports;

/// <summary>Adds up what the database counted: as much as there are days, agents and sources, however much was said.</summary>
internal sealed class ReportTally
{
    private readonly Dictionary<(string By, string? Key), Dictionary<ReportedFact, long>> _counts = [];
    private readonly Dictionary<(string By, string? Key), Dictionary<ReportedFact, ReportTimes>> _times = [];

    public IEnumerable<string?> Keys(string by) => _counts.Keys.Concat(_times.Keys).Where(k => k.By == by).Select(k => k.Key).Distinct();

    public async Task CountAsync(IReportFacts facts, ReportedFact fact, ReportScope scope, CancellationToken ct)
    {
        await foreach (var row in facts.CountAsync(fact, scope).WithCancellation(ct))
        {
            Add(("all", null), fact, row.Count);
            Add(("day", Text(row.Day)), fact, row.Count);
            Add(("source", row.Source), fact, row.Count);
            if (fact is ReportedFact.Sent or ReportedFact.Closed)
            {
                Add(("agent", row.AgentId is { } agent ? Text(agent) : null), fact, row.Count);
            }
        }
    }

    public async Task RankAsync(IReportFacts facts, ReportedFact fact, ReportScope scope, CancellationToken ct)
    {
        await foreach (var row in facts.RankAsync(fact, scope).WithCancellation(ct))
        {
            Of(_times, (row.By, row.Key))[fact] = ReportTimes.Of(row);
        }
    }

    public ReportFigures Figures(string by, string? key) => new(
        Count(by, key, ReportedFact.Begun),
        Count(by, key, ReportedFact.Closed),
        Count(by, key, ReportedFact.Received),
        Count(by, key, ReportedFact.Sent),
        Times(by, key, ReportedFact.FirstAnswered),
        Times(by, key, ReportedFact.Closed));

    public AgentFigures Agent(string? key, IReadOnlyDictionary<long, string> names)
    {
        long? id = key is null ? null : long.Parse(key, CultureInfo.InvariantCulture);
        return new AgentFigures(
            id,
            id is { } agent ? names.GetValueOrDefault(agent) : null,
            Count("agent", key, ReportedFact.Closed),
            Count("agent", key, ReportedFact.Sent),
            Times("agent", key, ReportedFact.FirstAnswered),
            Times("agent", key, ReportedFact.Closed));
    }

    public static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);

    private long Count(string by, string? key, ReportedFact fact) => _counts.TryGetValue((by, key), out var counts) ? counts.GetValueOrDefault(fact) : 0;

    private ReportTimes Times(string by, string? key, ReportedFact fact) =>
        _times.TryGetValue((by, key), out var times) ? times.GetValueOrDefault(fact, ReportTimes.None) : ReportTimes.None;

    private void Add((string By, string? Key) group, ReportedFact fact, long count)
    {
        var counts = Of(_counts, group);
        counts[fact] = counts.GetValueOrDefault(fact) + count;
    }

    private static Dictionary<ReportedFact, T> Of<T>(Dictionary<(string, string?), Dictionary<ReportedFact, T>> all, (string, string?) group) =>
        all.TryGetValue(group, out var known) ? known : all[group] = [];
}
