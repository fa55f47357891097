using Microsoft.SqlServer.TransactSql.ScriptDom;

namespace Fiko.SqlServerTests.Rules;

/// <summary>Functions that there are, and how many arguments they take. One that is missing here and there in truth is added.</summary>
internal static class FunctionRules
{
    /// <summary>Those that answer differently each time.</summary>
    public static readonly HashSet<string> Changes = Words("GETDATE GETUTCDATE SYSDATETIME SYSUTCDATETIME SYSDATETIMEOFFSET NEWID NEWSEQUENTIALID RAND");

    private static readonly HashSet<string> Known = Words("""
        ABS AVG CEILING CHARINDEX CHECKSUM CHOOSE COALESCE CONCAT CONCAT_WS COUNT COUNT_BIG DATALENGTH DATEADD DATEDIFF DATEDIFF_BIG DATEFROMPARTS
        DATENAME DATEPART DATETIMEOFFSETFROMPARTS DATETRUNC DAY DB_ID DENSE_RANK EOMONTH EXP FIRST_VALUE FLOOR FORMAT FULLTEXTSERVICEPROPERTY GREATEST
        HASHBYTES IIF ISJSON ISNULL ISNUMERIC JSON_ARRAY JSON_MODIFY JSON_OBJECT JSON_PATH_EXISTS JSON_QUERY JSON_VALUE LAG LAST_VALUE LEAD LEAST LEFT
        LEN LOG LOG10 LOWER LTRIM MAX MIN MONTH NCHAR NTILE NULLIF OBJECTPROPERTY OBJECT_ID PATINDEX PI POWER QUOTENAME RANK REPLACE REPLICATE REVERSE
        RIGHT ROUND ROW_NUMBER RTRIM SCHEMA_ID SCHEMA_NAME SCOPE_IDENTITY SIGN SPACE SQRT STDEV STRING_AGG STRING_ESCAPE STUFF SUBSTRING SUM
        SWITCHOFFSET TODATETIMEOFFSET TRANSLATE TRIM UNICODE UPPER VAR XACT_STATE YEAR
        """, Changes);

    private static readonly Dictionary<string, (int Least, int Most)> Arguments = new(StringComparer.OrdinalIgnoreCase)
    {
        ["AVG"] = (1, 1),
        ["CHARINDEX"] = (2, 3),
        ["DATEADD"] = (3, 3),
        ["DATEDIFF"] = (3, 3),
        ["DATEDIFF_BIG"] = (3, 3),
        ["DATEPART"] = (2, 2),
        ["ISNULL"] = (2, 2),
        ["JSON_MODIFY"] = (3, 3),
        ["JSON_VALUE"] = (1, 2),
        ["LEN"] = (1, 1),
        ["LOWER"] = (1, 1),
        ["MAX"] = (1, 1),
        ["MIN"] = (1, 1),
        ["OBJECTPROPERTY"] = (2, 2),
        ["REPLACE"] = (3, 3),
        ["ROUND"] = (2, 3),
        ["STUFF"] = (4, 4),
        ["SUBSTRING"] = (3, 3),
        ["SUM"] = (1, 1),
        ["UPPER"] = (1, 1),
    };

    public static IEnumerable<string> Check(TSqlFragment fragment)
    {
        var calls = new Calls();
        fragment.Accept(calls);
        foreach (var call in calls.All.Where(c => c.CallTarget is null))
        {
            var name = call.FunctionName.Value;
            if (!Known.Contains(name))
            {
                yield return $"no function {name} [195]";
            }
            else if (Arguments.TryGetValue(name, out var count) && (call.Parameters.Count < count.Least || call.Parameters.Count > count.Most))
            {
                yield return $"{name} takes no {call.Parameters.Count} arguments [174]";
            }
        }

        if (calls.HasPipes)
        {
            yield return "|| joins texts in SQL Server 2025 and not before";
        }
    }

    public static IEnumerable<string> NamesIn(TSqlFragment fragment)
    {
        var calls = new Calls();
        fragment.Accept(calls);
        return calls.All.Select(c => c.FunctionName.Value);
    }

    private static HashSet<string> Words(string words, IEnumerable<string>? more = null) =>
        new(words.Split([' ', '\n', '\r'], StringSplitOptions.RemoveEmptyEntries).Concat(more ?? []), StringComparer.OrdinalIgnoreCase);

    private sealed class Calls : TSqlFragmentVisitor
    {
        public List<FunctionCall> All { get; } = [];

        public bool HasPipes { get; private set; }

        public override void Visit(FunctionCall node) => All.Add(node);

        public override void Visit(BinaryExpression node) =>
            HasPipes |= node.BinaryExpressionType.ToString().Contains("Concat", StringComparison.OrdinalIgnoreCase);
    }
}
