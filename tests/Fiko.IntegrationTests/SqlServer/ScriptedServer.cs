using System.Data;
using System.Data.Common;
using Microsoft.Data.SqlClient;

namespace Fiko.IntegrationTests.SqlServer;

/// <summary>
/// What stands where SQL Server would: it keeps the statements of a transaction until its commit, remembers marks of commits, and fails
/// where a test tells it to. It answers a question with what the test scripted, and an insert with a new id.
/// </summary>
internal sealed class ScriptedServer
{
    public const string NewId = "OUTPUT INSERTED.[Id]";

    private long _lastId = 1000;

    /// <summary>Statements whose transaction was committed.</summary>
    public List<string> Committed { get; } = [];

    /// <summary>All statements in their order, with the begin of each transaction.</summary>
    public List<string> Sent { get; } = [];

    /// <summary>Asked with each statement; what it gives is thrown instead.</summary>
    public Func<string, Exception?> OnStatement { get; set; } = _ => null;

    /// <summary>Asked with each commit: whether it is done, and what is thrown then all the same.</summary>
    public Func<(bool IsDone, Exception? Answer)> OnCommit { get; set; } = () => (true, null);

    public Func<Exception?> OnOpen { get; set; } = () => null;

    /// <summary>The rows that a question is answered with; null where the test has none.</summary>
    public Func<string, object[][]?> Answers { get; set; } = _ => null;

    private HashSet<Guid> Marks { get; } = [];

    public int CommittedOf(string beginning) => Committed.Sum(s => s.Split(beginning).Length - 1);

    /// <summary>A fault that comes so many times.</summary>
    public static Func<string, Exception?> Once(string part, int number, int times = 1) =>
        sql => sql.Contains(part, StringComparison.Ordinal) && times-- > 0 ? SqlErrors.Of(number) : null;

    public object[][] Run(DbCommand command, List<(string Sql, Guid? Mark)>? pending)
    {
        var sql = command.CommandText;
        Sent.Add(sql);
        if (OnStatement(sql) is { } fault)
        {
            throw fault;
        }

        var ids = command.Parameters.Cast<SqlParameter>().Select(p => p.Value).OfType<Guid>().ToList();
        pending?.Add((sql, sql.Contains("INSERT INTO [commit_marks]", StringComparison.Ordinal) ? ids.Single() : null));
        return sql switch
        {
            _ when Answers(sql) is { } rows => rows,
            _ when sql.Contains("FROM [commit_marks] WITH (READCOMMITTEDLOCK)", StringComparison.Ordinal) => Marks.Contains(ids.Single()) ? [[1]] : [],
            _ when sql.Contains(NewId, StringComparison.Ordinal) => [.. Enumerable.Range(1, sql.Split(NewId).Length - 1).Select(_ => (object[])[Interlocked.Increment(ref _lastId)])],
            _ when sql.Contains("[w].[Head]", StringComparison.Ordinal) => [[41L]],
            _ => [],
        };
    }

    public void Commit(List<(string Sql, Guid? Mark)> pending)
    {
        var (isDone, answer) = OnCommit();
        if (isDone)
        {
            Committed.AddRange(pending.Select(p => p.Sql));
            Marks.UnionWith(pending.Where(p => p.Mark is not null).Select(p => p.Mark!.Value));
        }

        if (answer is not null)
        {
            throw answer;
        }
    }
}

internal sealed class ScriptedTransaction(ScriptedConnection connection, IsolationLevel level) : DbTransaction
{
    public List<(string Sql, Guid? Mark)> Pending { get; } = [];

    public override IsolationLevel IsolationLevel => level;

    protected override DbConnection DbConnection => connection;

    public override void Commit() => connection.Server.Commit(Pending);

    public override void Rollback() => Pending.Clear();
}
