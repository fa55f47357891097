using Fiko.SqlServerTests.Compiling;
using Microsoft.SqlServer.TransactSql.ScriptDom;

namespace Fiko.SqlServerTests.Rules;

/// <summary>What SQL Server refuses in a command, and DacFx lets through.</summary>
internal sealed class CommandRules(Tables tables)
{
    private const int MostParameters = 2098;

    public IReadOnlyList<string> Check(Body command)
    {
        var script = Sql.Parse(command.Sql, out var syntax);
        var parameters = ParameterTypes(command.Declarations);
        var problems = new List<string>([.. syntax, .. FunctionRules.Check(script)]);
        if (parameters.Count > MostParameters)
        {
            problems.Add($"{parameters.Count} parameters, of {MostParameters} [8003]");
        }

        // Each statement has names of its own.
        foreach (var statement in script.Batches.SelectMany(b => b.Statements))
        {
            var columns = new ColumnTypes(statement, tables, parameters);
            statement.Accept(new TypeRules(columns, problems.Add));
            statement.Accept(new WriteRules(tables, columns, problems.Add));
            statement.Accept(new ShapeRules(columns, problems.Add));
        }

        return problems;
    }

    private static Dictionary<string, string> ParameterTypes(string declarations) =>
        declarations.Split(", @", StringSplitOptions.RemoveEmptyEntries)
            .Select(d => d.TrimStart('@').Split(' ', 2))
            .Where(d => d.Length == 2)
            .ToDictionary(d => $"@{d[0]}", d => d[1].Split('(', ' ')[0].ToLowerInvariant(), StringComparer.OrdinalIgnoreCase);
}
