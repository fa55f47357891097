using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.EntityFrameworkCore.Migrations;
using Microsoft.EntityFrameworkCore.Migrations.Operations;
using Microsoft.EntityFrameworkCore.Update;

namespace Fiko.Infrastructure.Persistence;

/// <summary>
/// In a script many statements are one batch, which the server reads as a whole: a column that the batch itself adds is not there yet, one
/// that a later migration dropped is there no more, and a trigger has to come first. In quotes a statement is read when its turn comes.
/// EF Core does so with its own statements, and leaves those of a migration as they are.
/// </summary>
internal sealed class ScriptsByStatement(MigrationsSqlGeneratorDependencies dependencies, ICommandBatchPreparer batches)
    : SqlServerMigrationsSqlGenerator(dependencies, batches)
{
    protected override void Generate(SqlOperation operation, IModel? model, MigrationCommandListBuilder builder) =>
        base.Generate(Options.HasFlag(MigrationsSqlGenerationOptions.Script) ? InQuotes(operation) : operation, model, builder);

    private static SqlOperation InQuotes(SqlOperation operation) => new()
    {
        Sql = $"EXEC(N'{operation.Sql.Replace("'", "''", StringComparison.Ordinal)}')",
        SuppressTransaction = operation.SuppressTransaction,
    };
}
