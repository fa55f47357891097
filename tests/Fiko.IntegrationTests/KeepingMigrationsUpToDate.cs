using Fiko.Infrastructure.Persistence;
using Microsoft.EntityFrameworkCore;

namespace Fiko.IntegrationTests;

public sealed class KeepingMigrationsUpToDate
{
    [Fact]
    public void The_migrations_for_SQLite_make_the_model()
    {
        using var db = new SqliteDesign().CreateDbContext([]);

        Assert.False(db.Database.HasPendingModelChanges(), "Change the Initial migration for SQLite, or add one");
    }

    [Fact]
    public void The_migrations_for_SQL_Server_make_the_model()
    {
        using var db = new SqlServerDesign().CreateDbContext([]);

        Assert.False(db.Database.HasPendingModelChanges(), "Change the Initial migration for SQL Server, or add one");
    }
}
