namespace Fiko.Application.Reports;

/// <summary>Adds up what the database counted: as much as there are days, agents and sources, however much was said.</summary>
internal sealed class ReportTally
{
    private readonly Dictionary<(ReportGroup Group, ReportedFact Fact), ReportRank> _ranks = [];

    public IEnumerable<ReportGroup> Groups(ReportBy by) => _ranks.Keys.Select(k => k.Group).Where(g => g.By == by).Distinct();

    public async Task CountAsync(IReportFacts facts, ReportedFact fact, ReportScope scope, CancellationToken ct)
    {
        await foreach (var row in facts.CountAsync(fact, scope).WithCancellation(ct))
        {
            Of(ReportGroup.All, fact).Count += row.Count;
            Of(ReportGroup.Day(row.Day), fact).Count += row.Count;
            Of(ReportGroup.Source(row.Source), fact).Count += row.Count;
            if (fact is not (ReportedFact.Begun or ReportedFact.Received))
            {
                Of(ReportGroup.Agent(row.AgentId), fact).Count += row.Count;
            }
        }
    }

    /// <summary>After they were counted, of the same moment: then one look at each says which of its groups' percentiles it is.</summary>
    public async Task RankAsync(IReportFacts facts, ReportedFact fact, ReportScope scope, CancellationToken ct)
    {
        await foreach (var row in facts.SortAsync(fact, scope).WithCancellation(ct))
        {
            Of(ReportGroup.All, fact).Pass(row.Took);
            Of(ReportGroup.Day(row.Day), fact).Pass(row.Took);
            Of(ReportGroup.Source(row.Source), fact).Pass(row.Took);
            Of(ReportGroup.Agent(row.AgentId), fact).Pass(row.Took);
        }
    }

    public ReportFigures Figures(ReportGroup group) => new(
        Count(group, ReportedFact.Begun),
        Count(group, ReportedFact.Closed),
        Count(group, ReportedFact.Received),
        Count(group, ReportedFact.Sent),
        Times(group, ReportedFact.FirstAnswered),
        Times(group, ReportedFact.Closed));

    public AgentFigures Agent(ReportGroup group, IReadOnlyDictionary<long, string> names) => new(
        group.Number,
        group.Number is { } agent ? names.GetValueOrDefault(agent) : null,
        Count(group, ReportedFact.Closed),
        Count(group, ReportedFact.Sent),
        Times(group, ReportedFact.FirstAnswered),
        Times(group, ReportedFact.Closed));

    private long Count(ReportGroup group, ReportedFact fact) => _ranks.TryGetValue((group, fact), out var rank) ? rank.Count : 0;

    private ReportTimes Times(ReportGroup group, ReportedFact fact) => _ranks.TryGetValue((group, fact), out var rank) ? rank.Times : ReportTimes.None;

    private ReportRank Of(ReportGroup group, ReportedFact fact) => _ranks.TryGetValue((group, fact), out var rank) ? rank : _ranks[(group, fact)] = new ReportRank();
}

internal enum ReportBy
{
    All,
    Day,
    Agent,
    Source,
}

/// <param name="By">What it is a part of.</param>
/// <param name="Number">The day or the agent; null for no agent.</param>
/// <param name="Name">The source.</param>
internal readonly record struct ReportGroup(ReportBy By, long? Number = null, string? Name = null)
{
    public static readonly ReportGroup All = new(ReportBy.All);

    public static ReportGroup Day(long day) => new(ReportBy.Day, day);

    public static ReportGroup Agent(long? agent) => new(ReportBy.Agent, agent);

    public static ReportGroup Source(string source) => new(ReportBy.Source, Name: source);
}

/// <summary>Exact percentiles by nearest rank, the smallest value that so many are not above, of values that come in order.</summary>
internal sealed class ReportRank
{
    private long _passed;
    private long _median;
    private long _p90;

    public long Count { get; set; }

    public ReportTimes Times => new(Count, _median / 1000.0, _p90 / 1000.0);

    public void Pass(long took)
    {
        _passed++;
        _median = _passed == (Count + 1) / 2 ? took : _median;
        _p90 = _passed == ((Count * 9) + 9) / 10 ? took : _p90;
    }
}
