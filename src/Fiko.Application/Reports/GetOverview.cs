using Fiko.Application.Resources;
using Fiko.Application.Shared;
using Fiko.Domain.Conversations;
using Fiko.Domain.Shared;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace Fiko.Application.Reports;

/// <summary>What the workspace did (rest.md, Reports), for owners and admins.</summary>
/// <param name="From">A date or a time; 30 days before the end where null.</param>
/// <param name="To">A date or a time; now where null.</param>
/// <param name="Timezone">An IANA name; UTC where null.</param>
public sealed record GetOverview(Caller By, string? From, string? To, string? Timezone) : IRequest<OverviewReport>;

internal sealed class GetOverviewHandler(IFikoDb db, IReportFacts facts, TimeProvider time) : IRequestHandler<GetOverview, OverviewReport>
{
    private const int MostDays = 400;
    private static readonly TimeSpan Usual = TimeSpan.FromDays(30);
    private static readonly DateOnly Epoch = DateOnly.FromDateTime(DateTime.UnixEpoch);

    public async Task<OverviewReport> Handle(GetOverview query, CancellationToken ct)
    {
        query.By.MustAdminister();
        var zone = ZoneOf(query.Timezone);
        var range = RangeOf(query, zone);
        var scope = ReportScope.In(query.By.WorkspaceId, range, zone);

        await using var moment = await db.ReadOneMomentAsync(ct);
        var tally = new ReportTally();
        foreach (var fact in (ReportedFact[])[ReportedFact.Begun, ReportedFact.Closed, ReportedFact.Received, ReportedFact.Sent, ReportedFact.FirstAnswered])
        {
            await tally.CountAsync(facts, fact, scope, ct);
        }

        await tally.RankAsync(facts, ReportedFact.FirstAnswered, scope, ct);
        await tally.RankAsync(facts, ReportedFact.Closed, scope, ct);
        var open = await db.Conversations.VisibleTo(query.By).CountAsync(c => c.Status != ConversationStatus.Closed, ct);
        var names = await db.Agents.Where(a => a.WorkspaceId == query.By.WorkspaceId).ToDictionaryAsync(a => a.Id, a => a.DisplayName, ct);

        return new OverviewReport(
            scope.From,
            scope.Until.AddMilliseconds(-1),
            zone.Id,
            open,
            tally.Figures(ReportGroup.All),
            [.. DaysOf(scope, zone).Select(day => new DayFigures(day, tally.Figures(ReportGroup.Day(day.DayNumber - Epoch.DayNumber))))],
            [.. tally.Groups(ReportBy.Agent).Select(group => tally.Agent(group, names)).OrderBy(a => a.UserId ?? long.MaxValue)],
            [.. tally.Groups(ReportBy.Source).OrderBy(g => g.Name, StringComparer.Ordinal).Select(group => new SourceFigures(group.Name!, tally.Figures(group)))]);
    }

    private static IEnumerable<DateOnly> DaysOf(ReportScope scope, TimeZoneInfo zone)
    {
        var last = LocalDay(scope.Until.AddMilliseconds(-1), zone);
        for (var day = LocalDay(scope.From, zone); day <= last; day = day.AddDays(1))
        {
            yield return day;
        }
    }

    private static DateOnly LocalDay(DateTimeOffset at, TimeZoneInfo zone) => DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(at, zone).DateTime);

    private TimeRange RangeOf(GetOverview query, TimeZoneInfo zone)
    {
        var range = TimeRange.Read(query.From, query.To, zone);
        var until = range.Until ?? time.Now().AddMilliseconds(1);
        var from = range.From ?? until - Usual;
        if (from >= until || until - from > TimeSpan.FromDays(MostDays + 1))
        {
            throw new RuleBrokenException("invalid_field", from >= until ? "Invalid value for field 'from'" : $"A report covers {MostDays} days at most", "from");
        }

        return new TimeRange(from, until);
    }

    private static TimeZoneInfo ZoneOf(string? name)
    {
        if (name is null)
        {
            return TimeZoneInfo.Utc;
        }

        return name.Length <= 64 && name.All(c => char.IsAsciiLetterOrDigit(c) || c is '/' or '_' or '-' or '+') && TimeZoneInfo.TryFindSystemTimeZoneById(name, out var zone)
            ? zone
            : throw new RuleBrokenException("invalid_field", "Invalid value for field 'timezone'", "timezone");
    }
}
