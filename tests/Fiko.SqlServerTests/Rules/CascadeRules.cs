using Fiko.SqlServerTests.Compiling;
using Microsoft.SqlServer.TransactSql.ScriptDom;

namespace Fiko.SqlServerTests.Rules;

/// <summary>From any table a deletion may come to each other table by one way only (error 1785).</summary>
internal static class CascadeRules
{
    public static IEnumerable<string> Check(Tables tables)
    {
        var steps = tables.Values
            .SelectMany(t => t.ForeignKeys.Select(f => new Step(Sql.NameOf(f.ReferenceTableName), t.Name, f.DeleteAction)))
            .Where(s => s.Action is DeleteUpdateAction.Cascade or DeleteUpdateAction.SetNull or DeleteUpdateAction.SetDefault)
            .ToLookup(s => s.From, StringComparer.OrdinalIgnoreCase);
        return tables.Keys.SelectMany(start => From(start, steps));
    }

    private static List<string> From(string start, ILookup<string, Step> steps)
    {
        var problems = new List<string>();
        var ways = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase) { [start] = start };
        var open = new Queue<string>([start]);
        while (open.TryDequeue(out var at))
        {
            foreach (var step in steps[at])
            {
                var way = $"{ways[at]} > {step.To}";
                if (!ways.TryAdd(step.To, way))
                {
                    problems.Add($"a deletion reaches {step.To} twice: {ways[step.To]}, and {way} [1785]");
                }
                else if (step.Action is DeleteUpdateAction.Cascade)
                {
                    open.Enqueue(step.To);
                }
            }
        }

        return problems;
    }

    private sealed record Step(string From, string To, DeleteUpdateAction Action);
}
