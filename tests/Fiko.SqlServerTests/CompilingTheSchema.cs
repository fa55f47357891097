using Fiko.SqlServerTests.Compiling;
using Fiko.SqlServerTests.Replaying;
using Fiko.SqlServerTests.Rules;

namespace Fiko.SqlServerTests;

public sealed class CompilingTheSchema(MigrationScripts migrations)
{
    [Fact]
    public void The_model_compiles_and_keeps_the_rules_of_the_engine()
    {
        Found.Nothing(Compiler.Check(migrations.Model));
        Found.Nothing(SchemaRules.Check(migrations.Model));
    }

    [Fact]
    public void So_does_what_the_migrations_come_to()
    {
        Found.Nothing(Compiler.Check(migrations.Schema));
        Found.Nothing(SchemaRules.Check(migrations.Schema));
    }
}
