using Fiko.SqlServerTests.Compiling;
using Microsoft.SqlServer.TransactSql.ScriptDom;

namespace Fiko.SqlServerTests.Rules;

/// <summary>Values that meet, and can't be turned into each other.</summary>
internal sealed class TypeRules(ColumnTypes types, Action<string> report) : TSqlFragmentVisitor
{
    /// <summary>Whether the server refuses to turn one into the other by itself.</summary>
    public static bool Clash(string one, string other)
    {
        var (a, b) = (FamilyOf(one), FamilyOf(other));
        return a.Length > 0 && b.Length > 0 && a != b && !ConvertsText(a, b) && !ConvertsText(b, a) && (a, b) is not (("binary", "number") or ("number", "binary"));
    }

    public override void Visit(BooleanComparisonExpression node) => Meet(node.FirstExpression, node.SecondExpression, node);

    public override void Visit(AssignmentSetClause node)
    {
        if (node.Column is { } column)
        {
            Meet(column, node.NewValue, node);
        }
    }

    public override void Visit(InPredicate node)
    {
        foreach (var value in node.Values)
        {
            Meet(node.Expression, value, node);
        }
    }

    public override void Visit(FunctionCall node)
    {
        var name = node.FunctionName.Value.ToUpperInvariant();
        if (name is "SUM" or "AVG" or "MIN" or "MAX" && node.Parameters is [var argument])
        {
            var type = types.TypeOf(argument);
            var isSummed = name is "SUM" or "AVG";
            if (type is "bit" || (isSummed && FamilyOf(type) is ("text" or "moment" or "uniqueidentifier")))
            {
                report($"{name} of {type} [8117]");
            }
        }
    }

    public override void Visit(OpenJsonTableReference node)
    {
        if (node.Variable is ColumnReferenceExpression { MultiPartIdentifier.Identifiers: [var alias, var column] }
            && types.TableOf(alias.Value) is { } table && !table.Columns.ContainsKey(column.Value))
        {
            report($"OPENJSON of {table.Name}.{column.Value}, which is not there [207]");
        }
    }

    private static string FamilyOf(string type) => type switch
    {
        "int" or "bigint" or "smallint" or "tinyint" or "bit" or "decimal" or "numeric" or "float" or "real" or "money" => "number",
        "nvarchar" or "varchar" or "nchar" or "char" => "text",
        "varbinary" or "binary" or "rowversion" or "timestamp" => "binary",
        "datetimeoffset" or "datetime2" or "datetime" or "date" or "smalldatetime" => "moment",
        _ => type,
    };

    // Text becomes most things when it is read.
    private static bool ConvertsText(string text, string other) => text is "text" && other is ("number" or "moment" or "uniqueidentifier" or "time");

    private void Meet(ScalarExpression one, ScalarExpression other, TSqlFragment place)
    {
        var (a, b) = (types.TypeOf(one), types.TypeOf(other));
        if (Clash(a, b))
        {
            report($"{a} meets {b} in {Sql.Write(place)} [206]");
        }
    }
}
