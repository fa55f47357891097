using Fiko.Infrastructure.Persistence;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;
using Microsoft.EntityFrameworkCore.Migrations.Operations;

namespace Fiko.IntegrationTests;

/// <summary>An instance of the version before works on while a new one is started beside it: a migration takes nothing away from it.</summary>
public sealed class KeepingMigrationsAdditive
{
    // Up to here there was one instance; an older database is migrated while nothing runs.
    private const string LastOfOneInstance = "Administration";

    // "Migration: operation", with the release in which nothing used it any more.
    private static readonly string[] Allowed = [];

    public static TheoryData<string> Providers => [DatabaseOptions.Sqlite, DatabaseOptions.SqlServer];

    [Theory]
    [MemberData(nameof(Providers))]
    public void Nothing_is_taken_away_from_the_version_before(string provider)
    {
        using var db = Context(provider);
        var assembly = db.GetService<IMigrationsAssembly>();
        var all = assembly.Migrations.OrderBy(m => m.Key, StringComparer.Ordinal).ToList();
        var first = all.FindIndex(m => m.Key.EndsWith($"_{LastOfOneInstance}", StringComparison.Ordinal)) + 1;
        Assert.InRange(first, 1, all.Count);

        var taken = all.Skip(first)
            .SelectMany(m => assembly.CreateMigration(m.Value, db.Database.ProviderName!).UpOperations.Where(TakesAway).Select(o => $"{m.Value.Name}: {o.GetType().Name}"));

        Assert.Empty(taken.Except(Allowed));
    }

    [Fact]
    public void What_takes_away_is_known()
    {
        Assert.True(TakesAway(new DropColumnOperation()));
        Assert.True(TakesAway(new AlterColumnOperation { ClrType = typeof(string), MaxLength = 10, OldColumn = new AddColumnOperation { ClrType = typeof(string), MaxLength = 20 } }));
        Assert.True(TakesAway(new AddColumnOperation { ClrType = typeof(int) }));
        Assert.False(TakesAway(new AddColumnOperation { ClrType = typeof(int), DefaultValue = 0 }));
        Assert.False(TakesAway(new AlterColumnOperation { ClrType = typeof(string), MaxLength = 20, OldColumn = new AddColumnOperation { ClrType = typeof(string), MaxLength = 10 } }));
    }

    private static bool TakesAway(MigrationOperation operation) => operation switch
    {
        DropColumnOperation or DropTableOperation or RenameColumnOperation or RenameTableOperation => true,
        AlterColumnOperation alter => IsNarrower(alter, alter.OldColumn),

        // The version before inserts without it.
        AddColumnOperation add => !add.IsNullable && add.DefaultValue is null && add.DefaultValueSql is null && add.ComputedColumnSql is null,
        _ => false,
    };

    private static bool IsNarrower(ColumnOperation now, ColumnOperation before) =>
        now.ClrType != before.ClrType
        || (before.IsNullable && !now.IsNullable)
        || (now.MaxLength ?? int.MaxValue) < (before.MaxLength ?? int.MaxValue);

    private static DbContext Context(string provider) => provider == DatabaseOptions.Sqlite
        ? new SqliteFikoDbContext(new DbContextOptionsBuilder<SqliteFikoDbContext>().UseSqlite().Options, TimeProvider.System)
        : new SqlServerFikoDbContext(new DbContextOptionsBuilder<SqlServerFikoDbContext>().UseSqlServer().Options, TimeProvider.System);
}
