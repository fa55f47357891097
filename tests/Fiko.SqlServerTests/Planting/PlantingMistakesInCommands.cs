using Fiko.SqlServerTests.Compiling;
using Fiko.SqlServerTests.Replaying;
using Fiko.SqlServerTests.Rules;

namespace Fiko.SqlServerTests.Planting;

/// <summary>The checks are checked: mistakes of each kind, in commands that were sent, have to be found.</summary>
public sealed class PlantingMistakesInCommands(Sent sent, MigrationScripts migrations)
{
    private const int OfEachKind = 20;

    [Theory]
    [InlineData("a column")]
    [InlineData("an alias")]
    [InlineData("a table")]
    [InlineData("a function")]
    [InlineData("a parameter")]
    public void A_misspelt_name_is_found(string kind)
    {
        var mutants = Some([.. sent.Commands.SelectMany(c => Mutants.Of(new(c.Sql, c.Declarations))).Where(m => m.Kind == kind)]);

        var problems = Sent.Problems(migrations.Schema, [.. mutants.Select(m => m.Body)]);

        Assert.Equal(OfEachKind, mutants.Count);
        Found.Nothing(mutants.Zip(problems).Where(m => m.Second.Count == 0).Select(m => m.First.Body.Sql));
        TestContext.Current.SendDiagnosticMessage($"{kind}: {mutants.Count} planted, {problems.Count(p => p.Count > 0)} caught");
    }

    [Fact]
    public void A_column_that_is_not_written_is_found_where_it_has_to_be()
    {
        var tables = Tables.Of(migrations.Schema);
        var inserts = sent.Commands.Where(c => c.Sql.Contains("INSERT INTO", StringComparison.Ordinal));
        var dropped = inserts.SelectMany(c => Mutants.Of(new(c.Sql, c.Declarations))).Where(m => m.Dropped != default).ToLookup(m => MustBeWritten(tables, m));

        var (wrong, right) = (Some([.. dropped[true]]), Some([.. dropped[false]]));
        var mistaken = wrong.Where(m => !LeavesOut(tables, m)).Concat(right.Where(m => LeavesOut(tables, m))).ToList();

        Assert.Equal((OfEachKind, OfEachKind), (wrong.Count, right.Count));
        Found.Nothing(mistaken.Select(m => $"{m.Dropped}: {m.Body.Sql}"));
        TestContext.Current.SendDiagnosticMessage($"a column that is not written: {wrong.Count} planted, {wrong.Count - mistaken.Count} caught; {right.Count} more may be left out");
    }

    [Theory]
    [InlineData("SELECT LENGTH([a].[Email]) FROM [agents] AS [a]", "no function LENGTH")]
    [InlineData("SELECT SUBSTRING([a].[Email], 1) FROM [agents] AS [a]", "takes no 2 arguments")]
    [InlineData("SELECT [a].[Id] FROM [agents] AS [a] WHERE [a].[CreatedAt] = [a].[Id]", "datetimeoffset meets bigint")]
    [InlineData("SELECT [a].[Role], COUNT(*) FROM [agents] AS [a] GROUP BY [a].[Id]", "neither grouped nor counted")]
    [InlineData("SELECT [a].[Role], COUNT(*) FROM [agents] AS [a]", "neither grouped nor counted")]
    [InlineData("SELECT [a].[Id] FROM [agents] AS [a] UNION SELECT [b].[Id], [b].[Email] FROM [agents] AS [b]", "of 1 and 2 columns")]
    [InlineData("SELECT MAX([a].[IsActive]) FROM [agents] AS [a]", "MAX of bit")]
    [InlineData("SELECT SUM([a].[Email]) FROM [agents] AS [a]", "SUM of nvarchar")]
    [InlineData("UPDATE [agents] SET [Id] = 1", "UPDATE of Id, which is identity")]
    [InlineData("INSERT INTO [tags] ([Id]) VALUES (1)", "writes Id, which is identity")]
    [InlineData("INSERT INTO [customer_tags] ([CustomerId], [TagId]) VALUES (1)", "2 columns, 1 values")]
    [InlineData("SELECT [a].[Id] FROM [agents] AS [a] CROSS APPLY OPENJSON([a].[Roles]) AS [r]", "OPENJSON of agents.Roles")]
    public void What_the_compiler_lets_through_is_found_by_a_rule(string command, string problem) =>
        Assert.Contains(new CommandRules(Tables.Of(migrations.Schema)).Check(new(command, "")), p => p.Contains(problem, StringComparison.Ordinal));

    [Theory]
    [InlineData("SELECT [a].[Id] FROM [agents] AS [a] LIMIT 1")]
    [InlineData("SELECT [a].[Id] FROM [agents] AS [a] ORDER BY [a].[Id] OFFSET 1 ROWS FETCH NEXT ROWS ONLY")]
    [InlineData("SELECT [Id] FROM [agents] AS [a] CROSS JOIN [tags] AS [t]")]
    [InlineData("SELECT [a].[IsActive] = 1 FROM nowhere AS [a]")]
    public void What_SQLite_says_otherwise_does_not_compile(string command) =>
        Assert.NotEmpty(Compiler.Check(migrations.Schema, [new Body(command, "")])[0]);

    [Fact]
    public void A_mistake_is_found_in_its_command_alone()
    {
        Body[] commands = [new("SELECT [Id] FROM [agents]", ""), new("SELECT [Idd] FROM [agents]", ""), new("SELECT FROM", ""), new("SELECT [Id] FROM [tags] WHERE [Id] = @id", "@id bigint")];

        var problems = Compiler.Check(migrations.Schema, commands);

        Assert.Equal([true, false, false, true], problems.Select(p => p.Count == 0));
    }

    private static bool MustBeWritten(Tables tables, Mutant mutant) =>
        tables.TryGetValue(mutant.Dropped.Table, out var table) && table.Columns[mutant.Dropped.Column] is { IsNullable: false, HasDefault: false, WrittenByItself: null };

    private static bool LeavesOut(Tables tables, Mutant mutant) =>
        new CommandRules(tables).Check(mutant.Body).Any(p => p.Contains($"leaves out {mutant.Dropped.Column}", StringComparison.Ordinal));

    // Evenly from all, and the same ones each time.
    private static List<Mutant> Some(List<Mutant> all) => [.. Enumerable.Range(0, Math.Min(OfEachKind, all.Count)).Select(n => all[n * all.Count / OfEachKind])];
}
