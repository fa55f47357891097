using Fiko.SqlServerTests.Compiling;
using Fiko.SqlServerTests.Replaying;

namespace Fiko.SqlServerTests;

public sealed class CheckingWhatWasSent(Sent sent, MigrationScripts migrations)
{
    [Fact]
    public void Every_query_and_save_has_its_like_on_SQL_Server() => Found.Nothing(sent.Failures);

    [Fact]
    public void Every_command_compiles_and_keeps_the_rules_of_the_engine()
    {
        var commands = sent.Commands.Select(c => new Body(c.Sql, c.Declarations)).ToList();

        var problems = Sent.Problems(migrations.Schema, commands);

        Found.Nothing(commands.Zip(problems).Where(c => c.Second.Count > 0).Select(c => $"{string.Join("\n", c.Second)}\n{c.First.Sql}\n"));
        TestContext.Current.SendDiagnosticMessage($"{commands.Count} distinct commands collected, all of them checked");
    }
}
