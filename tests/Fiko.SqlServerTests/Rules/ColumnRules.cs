using System.Globalization;
using System.Text.RegularExpressions;
using Microsoft.SqlServer.TransactSql.ScriptDom;

namespace Fiko.SqlServerTests.Rules;

/// <summary>Types, collations, defaults and computed columns.</summary>
internal static partial class ColumnRules
{
    private const int WidestFixedRow = 8060;

    public static IEnumerable<string> Check(TableShape table)
    {
        foreach (var column in table.Columns.Values)
        {
            foreach (var problem in TypeProblems(column).Concat(DefinitionProblems(column)))
            {
                yield return $"{table.Name}.{column.Name}: {problem}";
            }
        }

        if (table.Columns.Values.Count(c => c.IsRowVersion) > 1)
        {
            yield return $"{table.Name}: two rowversions [2738]";
        }

        if (table.Columns.Values.Where(c => c.Type is "nchar" or "char" or "binary").Sum(c => c.Bytes) > WidestFixedRow)
        {
            yield return $"{table.Name}: a row is never shorter than {WidestFixedRow} bytes [1701]";
        }
    }

    private static IEnumerable<string> TypeProblems(ColumnShape column)
    {
        var problem = column.Type switch
        {
            "nvarchar" or "nchar" when column.Number(0) > 4000 => "longer than 4000, which only max is [2717]",
            "varchar" or "char" or "varbinary" or "binary" when column.Number(0) > 8000 => "longer than 8000, which only max is [131]",
            "decimal" or "numeric" when column.Number(0) > 38 || (column.Arguments.Length > 1 && column.Number(1) > column.Number(0)) => "precision or scale [2750]",
            "datetimeoffset" or "datetime2" or "time" when column.Number(0) > 7 => "scale above 7 [1002]",
            "text" or "ntext" or "image" => $"{column.Type} is SQLite's word, or of long ago",
            "json" or "vector" => $"{column.Type} is of SQL Server 2025",
            _ => null,
        };
        if (problem is not null)
        {
            yield return problem;
        }

        if (column.Definition.Collation is { Value: var collation } && !KnownCollation().IsMatch(collation))
        {
            yield return $"no collation {collation} [448]";
        }
    }

    private static IEnumerable<string> DefinitionProblems(ColumnShape column)
    {
        if (column.Definition is { IsPersisted: true, ComputedColumnExpression: { } computed }
            && FunctionRules.NamesIn(computed).FirstOrDefault(FunctionRules.Changes.Contains) is { } changing)
        {
            yield return $"{changing} answers differently each time, and can't be persisted [4936]";
        }

        var value = column.Definition.DefaultConstraint?.Expression;
        while (value is ParenthesisExpression inner)
        {
            value = inner.Expression;
        }

        if ((value is StringLiteral text && !Converts(text.Value, column.Type))
            || (value is IntegerLiteral && column.Type is ("uniqueidentifier" or "datetimeoffset" or "datetime2" or "date")))
        {
            yield return $"the default is no {column.Type} [245]";
        }
    }

    private static bool Converts(string text, string type) => type switch
    {
        "int" or "bigint" or "smallint" or "tinyint" => long.TryParse(text, NumberStyles.Integer, CultureInfo.InvariantCulture, out _),
        "decimal" or "numeric" or "float" or "real" => double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out _),
        "uniqueidentifier" => Guid.TryParse(text, out _),
        "datetimeoffset" or "datetime2" or "datetime" or "date" => DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.None, out _),
        _ => true,
    };

    [GeneratedRegex("_(CI|CS|BIN2?)(_|$)")]
    private static partial Regex KnownCollation();
}
