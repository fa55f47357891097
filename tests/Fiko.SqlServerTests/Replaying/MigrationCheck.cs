using Fiko.SqlServerTests.Compiling;
using Fiko.SqlServerTests.Rules;

namespace Fiko.SqlServerTests.Replaying;

/// <summary>Applies a script, and says everything that SQL Server would refuse on the way or in the end.</summary>
internal static class MigrationCheck
{
    public static IReadOnlyList<string> Problems(string script) => Problems(new ReplayedSchema().Apply(script));

    public static IReadOnlyList<string> Problems(ReplayedSchema schema) =>
    [
        .. schema.Problems,
        .. Compiler.Check(schema.Script()),
        .. SchemaRules.Check(schema.Script()),
        .. schema.Moves.GroupBy(m => m.Schema).SelectMany(moves => Moves(moves.Key, [.. moves.Select(m => new Body(m.Sql, ""))])),
    ];

    private static IEnumerable<string> Moves(string schema, Body[] moves)
    {
        var compiled = Compiler.Check(schema, moves);
        var rules = new CommandRules(Tables.Of(schema));
        return moves.SelectMany((move, n) => compiled[n].Concat(rules.Check(move)).Select(problem => $"{problem} in {move.Sql}"));
    }

    /// <summary>What one schema has and the other has not, both ways.</summary>
    public static IReadOnlyList<string> Differences(string one, string other)
    {
        var (a, b) = (new ReplayedSchema().Apply(one).Lines(), new ReplayedSchema().Apply(other).Lines());
        return [.. a.Except(b, StringComparer.OrdinalIgnoreCase).Select(l => $"only in the first: {l}"), .. b.Except(a, StringComparer.OrdinalIgnoreCase).Select(l => $"only in the second: {l}")];
    }
}
