using System.Data;
using System.Data.Common;
using System.Diagnostics.CodeAnalysis;
using Microsoft.Data.SqlClient;

namespace Fiko.IntegrationTests.SqlServer;

/// <summary>A connection of a <see cref="ScriptedServer"/>.</summary>
internal sealed class ScriptedConnection(ScriptedServer server) : DbConnection
{
    private ConnectionState _state = ConnectionState.Closed;

    public ScriptedServer Server => server;

    [AllowNull]
    public override string ConnectionString { get; set; } = "Server=scripted;Database=scripted;Encrypt=false";

    public override string Database => "scripted";

    public override string DataSource => "scripted";

    public override string ServerVersion => "16.00.1000";

    public override ConnectionState State => _state;

    public override void ChangeDatabase(string databaseName)
    {
    }

    public override void Open() => _state = server.OnOpen() is { } fault ? throw fault : ConnectionState.Open;

    public override void Close() => _state = ConnectionState.Closed;

    protected override DbTransaction BeginDbTransaction(IsolationLevel isolationLevel)
    {
        server.Sent.Add($"BEGIN {isolationLevel}");
        return new ScriptedTransaction(this, isolationLevel);
    }

    protected override DbCommand CreateDbCommand() => new ScriptedCommand(this);
}

internal sealed class ScriptedCommand(ScriptedConnection connection) : DbCommand
{
    // Only its parameters are used: the provider's type mappings expect real ones.
    private readonly SqlCommand _real = new();

    [AllowNull]
    public override string CommandText { get; set; } = "";

    public override int CommandTimeout { get; set; }

    public override CommandType CommandType { get; set; } = CommandType.Text;

    public override bool DesignTimeVisible { get; set; }

    public override UpdateRowSource UpdatedRowSource { get; set; }

    protected override DbConnection? DbConnection
    {
        get => connection;
        set { }
    }

    protected override DbParameterCollection DbParameterCollection => _real.Parameters;

    protected override DbTransaction? DbTransaction { get; set; }

    public override void Cancel()
    {
    }

    public override void Prepare()
    {
    }

    public override int ExecuteNonQuery()
    {
        Run();
        return 1;
    }

    public override object? ExecuteScalar() => Run() is [[var first, ..], ..] ? first : null;

    protected override DbParameter CreateDbParameter() => new SqlParameter();

    protected override DbDataReader ExecuteDbDataReader(CommandBehavior behavior)
    {
        // Each insert of a batch answers by itself.
        var answer = Run();
        return CommandText.Contains(ScriptedServer.NewId, StringComparison.Ordinal)
            ? new DataTableReader([.. answer.Select(row => Table([row]))])
            : Table(answer).CreateDataReader();
    }

    protected override void Dispose(bool disposing)
    {
        _real.Dispose();
        base.Dispose(disposing);
    }

    private static DataTable Table(object[][] answer)
    {
        var rows = new DataTable { Locale = System.Globalization.CultureInfo.InvariantCulture };
        for (var column = 0; column < (answer.Length == 0 ? 1 : answer[0].Length); column++)
        {
            rows.Columns.Add(column == 0 ? "Value" : $"c{column}", answer.Length == 0 ? typeof(long) : answer[0][column].GetType());
        }

        foreach (var row in answer)
        {
            rows.Rows.Add(row);
        }

        return rows;
    }

    private object[][] Run() => connection.Server.Run(this, (DbTransaction as ScriptedTransaction)?.Pending);
}
