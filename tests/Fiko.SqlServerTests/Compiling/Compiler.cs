using System.Globalization;
using System.Text.RegularExpressions;
using Microsoft.SqlServer.Dac.Model;

namespace Fiko.SqlServerTests.Compiling;

/// <summary>A command as the body of a procedure: the one form in which DacFx compiles statements.</summary>
/// <param name="Sql">The command.</param>
/// <param name="Declarations">Its parameters.</param>
internal readonly record struct Body(string Sql, string Declarations);

/// <summary>Compiles a schema, and commands against it, in a model of SQL Server 2022. Warnings are problems.</summary>
internal static partial class Compiler
{
    private const int Many = 100;
    private const int PackSize = 20;

    public static IReadOnlyList<string> Check(string schema)
    {
        using var model = NewModel();
        try
        {
            model.AddObjects(schema);
        }
        catch (DacModelException refused)
        {
            return Describe(refused);
        }

        return [.. model.Validate().Select(Describe)];
    }

    /// <returns>The problems of each body, in their order.</returns>
    public static IReadOnlyList<string>[] Check(string schema, IReadOnlyList<Body> bodies)
    {
        var problems = bodies.Select((body, n) => Precheck.Problems(Procedure(body, n)).ToList()).ToArray();
        int[] readable = [.. Enumerable.Range(0, bodies.Count).Where(n => problems[n].Count == 0)];
        Compile(schema, bodies, bodies.Count > Many ? Suspects(schema, bodies, readable) : readable, problems);
        return problems;
    }

    // A procedure costs more than what is in it, and hardly any command is wrong: so many stand in one, and only where something
    // is found in it each is looked at alone.
    private static int[] Suspects(string schema, IReadOnlyList<Body> bodies, int[] some)
    {
        var packs = some.Where(n => !bodies[n].Sql.Contains("DECLARE", StringComparison.Ordinal)).Chunk(PackSize).ToArray();
        var alone = some.Where(n => bodies[n].Sql.Contains("DECLARE", StringComparison.Ordinal));
        using var model = NewModel();
        model.AddObjects(schema);
        try
        {
            model.AddObjects(string.Join("\nGO\n", packs.Select((pack, n) => Procedure(Pack([.. pack.Select(i => bodies[i])]), n))));
        }
        catch (DacModelException)
        {
            return some;
        }

        var found = model.Validate().Select(m => ProcedureName().Match(m.Message)).ToList();
        return found.Exists(m => !m.Success)
            ? some
            : [.. alone, .. found.Select(m => int.Parse(m.Groups[1].Value, CultureInfo.InvariantCulture)).Distinct().SelectMany(n => packs[n])];
    }

    private static Body Pack(Body[] bodies)
    {
        var own = bodies.Select((body, n) => new Body(Variable().Replace(body.Sql, $"@c{n}_$1"), Variable().Replace(body.Declarations, $"@c{n}_$1"))).ToList();
        return new(string.Join("\n;\n", own.Select(b => b.Sql)), string.Join(", ", own.Select(b => b.Declarations).Where(d => d.Length > 0)));
    }

    // What stops a build stops a model for good, and then everything in it looks broken. So what fails is looked for by halving.
    private static void Compile(string schema, IReadOnlyList<Body> bodies, int[] some, List<string>[] problems)
    {
        if (some.Length == 0)
        {
            return;
        }

        using var model = NewModel();
        model.AddObjects(schema);
        try
        {
            model.AddObjects(string.Join("\nGO\n", some.Select(n => Procedure(bodies[n], n))));
        }
        catch (DacModelException refused) when (some.Length == 1)
        {
            problems[some[0]].AddRange(Describe(refused));
            return;
        }
        catch (DacModelException)
        {
            Compile(schema, bodies, some[..(some.Length / 2)], problems);
            Compile(schema, bodies, some[(some.Length / 2)..], problems);
            return;
        }

        foreach (var message in model.Validate())
        {
            var procedure = ProcedureName().Match(message.Message);
            problems[procedure.Success ? int.Parse(procedure.Groups[1].Value, CultureInfo.InvariantCulture) : some[0]].Add(Describe(message));
        }
    }

    private static TSqlModel NewModel() => new(SqlServerVersion.Sql160, new TSqlModelOptions { Collation = "SQL_Latin1_General_CP1_CI_AS" });

    // In the schema of the tables: from another one the columns of OUTPUT are looked for there.
    private static string Procedure(Body body, int n) => $"CREATE PROCEDURE [dbo].[sent_{n:D5}] {body.Declarations} AS BEGIN\n{body.Sql}\nEND;";

    private static string[] Describe(DacModelException refused) =>
        refused.Messages.Count > 0 ? [.. refused.Messages.Select(m => $"{m.Prefix}{m.Number} {m.Message}")] : [refused.Message];

    private static string Describe(DacModelMessage message) => $"{message.Prefix}{message.Number} {message.Message}";

    [GeneratedRegex(@"(?<!@)@(\w+)")]
    private static partial Regex Variable();

    [GeneratedRegex(@"sent_(\d{5})")]
    private static partial Regex ProcedureName();
}
