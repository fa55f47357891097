using System.Globalization;
using System.Text;
using System.Text.Json;
using Fiko.Application.Reports;

namespace Fiko.Infrastructure.Persistence.Reports;

/// <summary>How a provider says what the reports need beyond plain SQL.</summary>
internal abstract class ReportDialect
{
    public abstract string Count { get; }

    public abstract string NoAgent { get; }

    public abstract object Moment(DateTimeOffset at);

    /// <summary>The messages of an author, where there is a better way than to group them all at once.</summary>
    public virtual (string Sql, object[] Parameters)? CountMessages(string author, ReportScope scope) => null;

    /// <summary>The day, since 1970-01-01, that the local clock shows: the offset is that of the moment.</summary>
    public string Day(string at, IReadOnlyList<(DateTimeOffset From, TimeSpan Offset)> offsets, Func<DateTimeOffset, string> add)
    {
        if (offsets.Count == 1)
        {
            return DayAt(at, Number(offsets[0].Offset));
        }

        var offset = new StringBuilder("CASE");
        foreach (var (from, local) in offsets.Skip(1).Reverse())
        {
            offset.Append(CultureInfo.InvariantCulture, $" WHEN {at} >= {add(from)} THEN {Number(local)}");
        }

        return DayAt(at, offset.Append(CultureInfo.InvariantCulture, $" ELSE {Number(offsets[0].Offset)} END").ToString());
    }

    protected abstract string DayAt(string at, string seconds);

    private static string Number(TimeSpan offset) => ((long)offset.TotalSeconds).ToString(CultureInfo.InvariantCulture);
}

/// <summary>Moments are milliseconds there.</summary>
internal sealed class SqliteReportDialect : ReportDialect
{
    public override string Count => "COUNT(*)";

    public override string NoAgent => "NULL";

    public override object Moment(DateTimeOffset at) => at.ToUnixTimeMilliseconds();

    // SQLite groups by sorting. Of all messages of a year that takes seconds; those of one day are a range of the index and soon
    // sorted, so they are grouped one day after the other, and go through JSON because no join can wait for a row of another.
    public override (string Sql, object[] Parameters)? CountMessages(string author, ReportScope scope) => (
        $$"""
        SELECT d.value ->> 0 AS Day, g.value ->> 0 AS AgentId, a.Source, g.value ->> 1 AS Count
        FROM channels a CROSS JOIN json_each({1}) d CROSS JOIN json_each((
            SELECT json_group_array(json_array(s.SenderId, s.Count)) FROM (
                SELECT m.SenderId, COUNT(*) AS Count FROM messages m
                WHERE m.ChannelId = a.Id AND m.Author = '{{author}}' AND m.CreatedAt >= d.value ->> 1 AND m.CreatedAt < d.value ->> 2 AND m.Seq IS NOT NULL
                GROUP BY m.SenderId) s)) g
        WHERE a.WorkspaceId = {0}
        """,
        [scope.WorkspaceId, JsonSerializer.Serialize(scope.Days().Select(d => new[] { d.Day, d.From.ToUnixTimeMilliseconds(), d.Until.ToUnixTimeMilliseconds() }))]);

    protected override string DayAt(string at, string seconds) => $"({at} + 1000 * ({seconds})) / 86400000";
}

/// <summary>Moments have an offset there, always zero: moved by the clock's, they show its date.</summary>
internal sealed class SqlServerReportDialect : ReportDialect
{
    public override string Count => "COUNT_BIG(*)";

    public override string NoAgent => "CAST(NULL AS bigint)";

    public override object Moment(DateTimeOffset at) => at;

    protected override string DayAt(string at, string seconds) => $"CAST(DATEDIFF(day, '19700101', CAST(DATEADD(second, {seconds}, {at}) AS date)) AS bigint)";
}
