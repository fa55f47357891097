using System.Globalization;
using System.Text;

namespace Fiko.Infrastructure.Persistence.Reports;

/// <summary>How a provider says what the reports need beyond plain SQL.</summary>
internal abstract class ReportDialect
{
    public abstract string Count { get; }

    public abstract string NoAgent { get; }

    public abstract object Moment(DateTimeOffset at);

    public abstract string Text(string column);

    public abstract string Big(string number);

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

    public override string Text(string column) => $"CAST({column} AS TEXT)";

    public override string Big(string number) => number;

    protected override string DayAt(string at, string seconds) => $"({at} + 1000 * ({seconds})) / 86400000";
}

/// <summary>Moments have an offset there, always zero: moved by the clock's, they show its date.</summary>
internal sealed class SqlServerReportDialect : ReportDialect
{
    public override string Count => "COUNT_BIG(*)";

    public override string NoAgent => "CAST(NULL AS bigint)";

    public override object Moment(DateTimeOffset at) => at;

    public override string Text(string column) => $"CAST({column} AS nvarchar(32))";

    public override string Big(string number) => $"CAST({number} AS bigint)";

    protected override string DayAt(string at, string seconds) => $"CAST(DATEDIFF(day, '19700101', CAST(DATEADD(second, {seconds}, {at}) AS date)) AS bigint)";
}
