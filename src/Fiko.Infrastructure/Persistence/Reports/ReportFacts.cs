using System.Globalization;
using Fiko.Application.Reports;
using Microsoft.EntityFrameworkCore;

namespace Fiko.Infrastructure.Persistence.Reports;

/// <summary>
/// Each question is one statement over an index of its time, which covers all but the beginnings. The database counts and sorts; what is
/// ranked, a tenth of what is said, leaves it in order, one row after the other: ranking it there for every group took ten times as long.
/// The two providers differ in how a moment becomes a local day, and in how so many messages are best counted.
/// </summary>
internal sealed class ReportFacts(FikoDbContext db) : IReportFacts
{
    private readonly ReportDialect _dialect = db is SqlServerFikoDbContext ? new SqlServerReportDialect() : new SqliteReportDialect();

    public IAsyncEnumerable<ReportCount> CountAsync(ReportedFact fact, ReportScope scope)
    {
        if (fact is ReportedFact.Received or ReportedFact.Sent
            && _dialect.CountMessages(AuthorOf(fact), scope) is { } counted)
        {
            return db.Database.SqlQueryRaw<ReportCount>(counted.Sql, counted.Parameters).AsAsyncEnumerable();
        }

        var (sql, parameters) = Facts(fact, scope);

        // Put together from this file's own words; all that was asked for is in the parameters.
        var statement = $"SELECT f.Day, f.AgentId, f.Source, {_dialect.Count} AS Count FROM ({sql}) f GROUP BY f.Day, f.AgentId, f.Source";
        return db.Database.SqlQueryRaw<ReportCount>(statement, parameters).AsAsyncEnumerable();
    }

    public IAsyncEnumerable<ReportTook> SortAsync(ReportedFact fact, ReportScope scope)
    {
        var (sql, parameters) = Facts(fact, scope);
        var statement = $"SELECT f.Day, f.AgentId, f.Source, f.Took FROM ({sql}) f ORDER BY f.Took";
        return db.Database.SqlQueryRaw<ReportTook>(statement, parameters).AsAsyncEnumerable();
    }

    // One row a fact: its local day, whose it is, where, and how long it took.
    private (string Sql, object[] Parameters) Facts(ReportedFact fact, ReportScope scope)
    {
        List<object> parameters = [scope.WorkspaceId, _dialect.Moment(scope.From), _dialect.Moment(scope.Until)];
        string Day(string at) => _dialect.Day(at, scope.Offsets, moment =>
        {
            parameters.Add(_dialect.Moment(moment));
            return string.Create(CultureInfo.InvariantCulture, $"{{{parameters.Count - 1}}}");
        });

        var sql = fact switch
        {
            ReportedFact.Begun =>
                $"SELECT {Day("c.CreatedAt")} AS Day, {_dialect.NoAgent} AS AgentId, c.Source FROM conversations c WHERE c.WorkspaceId = {{0}} AND c.CreatedAt >= {{1}} AND c.CreatedAt < {{2}}",
            ReportedFact.Closed =>
                $"SELECT {Day("c.ClosedAt")} AS Day, c.AgentId, c.Source, c.ResolutionTime AS Took FROM conversation_closings c WHERE c.WorkspaceId = {{0}} AND c.ClosedAt >= {{1}} AND c.ClosedAt < {{2}}",
            ReportedFact.FirstAnswered =>
                $"SELECT {Day("c.AnsweredAt")} AS Day, c.AnsweredBy AS AgentId, c.Source, c.FirstResponseTime AS Took FROM conversations c WHERE c.WorkspaceId = {{0}} AND c.AnsweredAt IS NOT NULL AND c.AnsweredAt >= {{1}} AND c.AnsweredAt < {{2}}",
            ReportedFact.Received or ReportedFact.Sent =>
                $"SELECT {Day("m.CreatedAt")} AS Day, m.SenderId AS AgentId, a.Source FROM channels a JOIN messages m ON m.ChannelId = a.Id "
                + $"WHERE a.WorkspaceId = {{0}} AND m.CreatedAt >= {{1}} AND m.CreatedAt < {{2}} AND m.Seq IS NOT NULL AND m.Author = '{AuthorOf(fact)}'",
            _ => throw new ArgumentOutOfRangeException(nameof(fact)),
        };
        return (sql, [.. parameters]);
    }

    private static string AuthorOf(ReportedFact fact) => fact is ReportedFact.Sent ? "Support" : "Customer";
}
