using Fiko.SqlServerTests.Compiling;
using Microsoft.SqlServer.TransactSql.ScriptDom;

namespace Fiko.SqlServerTests.Rules;

/// <summary>What SQL Server refuses in a schema, or will refuse later, and DacFx lets through. The number in brackets is the server's error.</summary>
internal static class SchemaRules
{
    public static IReadOnlyList<string> Check(string script)
    {
        var parsed = Sql.Parse(script, out var problems);
        var tables = Tables.Of(script);
        return
        [
            .. problems,
            .. tables.Values.SelectMany(t => ColumnRules.Check(t)),
            .. tables.Values.SelectMany(t => KeyRules.Check(t)),
            .. parsed.Batches.SelectMany(b => b.Statements).OfType<CreateIndexStatement>().SelectMany(i => KeyRules.Check(i, tables)),
            .. CascadeRules.Check(tables),
            .. FunctionRules.Check(parsed),
        ];
    }
}
