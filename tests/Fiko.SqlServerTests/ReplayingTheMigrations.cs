using Fiko.SqlServerTests.Compiling;
using Fiko.SqlServerTests.Replaying;
using Microsoft.SqlServer.TransactSql.ScriptDom;

namespace Fiko.SqlServerTests;

public sealed class ReplayingTheMigrations(MigrationScripts migrations)
{
    // What EF Core has no word for, and the migrations create by themselves.
    private static readonly string[] BesideTheModel =
        ["CREATE FULLTEXT", "CREATE TRIGGER [deliveries_of_answers_only]", "customer_search", "message_search", "search_backfill"];

    [Fact]
    public void Each_step_can_be_taken_after_the_one_before_it()
    {
        var schema = new ReplayedSchema();
        for (var step = 0; step < migrations.Names.Count; step++)
        {
            schema.Apply(migrations.Of(step));

            Found.Nothing(MigrationCheck.Problems(schema).Select(problem => $"{migrations.Names[step]}: {problem}"));
            schema.Moves.Clear();
        }
    }

    [Fact]
    public void They_come_to_the_model_and_to_what_it_has_no_word_for()
    {
        var differences = MigrationCheck.Differences(migrations.Plain, migrations.Model);

        Assert.All(differences, d => Assert.Contains(BesideTheModel, known => d.Contains(known, StringComparison.Ordinal)));
        Assert.All(BesideTheModel, known => Assert.Contains(differences, d => d.StartsWith("only in the first", StringComparison.Ordinal) && d.Contains(known, StringComparison.Ordinal)));
    }

    [Fact]
    public void The_script_that_asks_first_comes_to_the_same()
    {
        Found.Nothing(new ReplayedSchema().Apply(migrations.Idempotent).Problems);
        Found.Nothing(MigrationCheck.Differences(migrations.Plain, migrations.Idempotent));
    }

    [Fact]
    public void In_that_script_what_moves_rows_is_read_when_its_turn_comes() => Found.Nothing(ReadTooEarly(migrations.Idempotent));

    [Fact]
    public void And_what_is_read_too_early_is_noticed() =>
        Assert.Contains("a = 1", Assert.Single(ReadTooEarly("IF NOT EXISTS (SELECT 1 FROM h) BEGIN UPDATE t SET a = 1; EXEC(N'UPDATE t SET b = 1'); END")), StringComparison.Ordinal);

    // Also a step that is done is read again, and by then a later one may have dropped what it names.
    private static IReadOnlyList<string> ReadTooEarly(string script)
    {
        var moves = new Moves();
        Sql.Parse(script, out _).Accept(moves);
        return [.. moves.All.Select(Sql.Write).Where(m => !m.Contains("__EFMigrationsHistory", StringComparison.Ordinal))];
    }

    private sealed class Moves : TSqlFragmentVisitor
    {
        public List<TSqlFragment> All { get; } = [];

        public override void Visit(DataModificationStatement node) => All.Add(node);
    }
}
