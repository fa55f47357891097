using System.Data;
using System.Data.Common;
using System.Diagnostics.CodeAnalysis;
using Microsoft.Data.SqlClient;

namespace Fiko.SqlServerTwin.Fake;

/// <summary>A command that is heard and not sent. Its parameters are real ones: EF Core's type mappings know no others.</summary>
public sealed class FakeCommand(FakeConnection connection) : DbCommand
{
    private readonly SqlCommand _real = new();

    [AllowNull]
    public override string CommandText { get; set; } = "";

    public override int CommandTimeout { get; set; }

    public override CommandType CommandType { get; set; } = CommandType.Text;

    public override bool DesignTimeVisible { get; set; }

    public override UpdateRowSource UpdatedRowSource { get; set; }

    /// <summary>What would have to be declared, were the command a procedure.</summary>
    public string Declarations => string.Join(", ", _real.Parameters.Cast<SqlParameter>().Select(Declare));

    protected override DbConnection? DbConnection
    {
        get => connection;
        set
        {
        }
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
        connection.Hear(this);
        return 1;
    }

    public override object? ExecuteScalar()
    {
        connection.Hear(this);
        return 1;
    }

    protected override DbParameter CreateDbParameter() => new SqlParameter();

    protected override DbDataReader ExecuteDbDataReader(CommandBehavior behavior)
    {
        connection.Hear(this);
        return connection.Answer(CommandText);
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _real.Dispose();
        }

        base.Dispose(disposing);
    }

    private static string Declare(SqlParameter parameter)
    {
        var name = parameter.SqlDbType.ToString().ToLowerInvariant();
        var type = parameter.SqlDbType switch
        {
            SqlDbType.NVarChar or SqlDbType.VarChar or SqlDbType.NChar or SqlDbType.Char or SqlDbType.VarBinary or SqlDbType.Binary =>
                $"{name}({(parameter.Size <= 0 ? "max" : parameter.Size)})",
            SqlDbType.Decimal => $"decimal({(parameter.Precision == 0 ? 18 : parameter.Precision)},{parameter.Scale})",
            SqlDbType.DateTimeOffset or SqlDbType.DateTime2 or SqlDbType.Time => $"{name}({(parameter.Scale == 0 ? 7 : parameter.Scale)})",
            SqlDbType.Timestamp => "binary(8)",
            _ => name,
        };
        var direction = parameter.Direction is ParameterDirection.Output or ParameterDirection.InputOutput ? " OUTPUT" : "";
        return $"@{parameter.ParameterName.TrimStart('@')} {type}{direction}";
    }
}
