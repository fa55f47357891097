using System.Data;
using System.Data.Common;
using System.Diagnostics.CodeAnalysis;

namespace Fiko.SqlServerTwin.Fake;

/// <summary>A connection to SQL Server that never opens: it hears every command, and answers as much as EF Core needs to go on.</summary>
/// <param name="heard">Told of every command.</param>
/// <param name="answers">The row that a statement returns, where a test brings one.</param>
/// <param name="database">Its name, which is all that tells two of them apart.</param>
public sealed class FakeConnection(Action<FakeCommand> heard, Func<string, object?[]?>? answers = null, string database = "twin") : DbConnection
{
    private ConnectionState _state = ConnectionState.Closed;

    [AllowNull]
    public override string ConnectionString { get; set; } = $"Server=nowhere;Database={database};Encrypt=false";

    public override string Database => database;

    public override string DataSource => "nowhere";

    public override string ServerVersion => "16.00.1000";

    public override ConnectionState State => _state;

    public override void ChangeDatabase(string databaseName)
    {
    }

    public override void Open() => _state = ConnectionState.Open;

    public override void Close() => _state = ConnectionState.Closed;

    internal void Hear(FakeCommand command) => heard(command);

    internal FakeReader Answer(string sql) => new(FakeResult.NamesOf(sql), answers?.Invoke(sql) is { } row ? [new(1, row)] : FakeResult.Of(sql));

    protected override DbTransaction BeginDbTransaction(IsolationLevel isolationLevel) => new FakeTransaction(this, isolationLevel);

    protected override DbCommand CreateDbCommand() => new FakeCommand(this);

    private sealed class FakeTransaction(FakeConnection connection, IsolationLevel level) : DbTransaction
    {
        public override IsolationLevel IsolationLevel => level;

        public override bool SupportsSavepoints => true;

        protected override DbConnection DbConnection => connection;

        public override void Commit()
        {
        }

        public override void Rollback()
        {
        }

        public override void Save(string savepointName)
        {
        }

        public override void Rollback(string savepointName)
        {
        }

        public override void Release(string savepointName)
        {
        }
    }
}
