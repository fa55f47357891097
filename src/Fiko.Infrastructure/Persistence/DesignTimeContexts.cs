using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Design;
using Microsoft.EntityFrameworkCore.Migrations;

namespace Fiko.Infrastructure.Persistence;

/// <summary>For <c>dotnet ef</c>, which needs a model and no database.</summary>
internal sealed class SqliteDesign : IDesignTimeDbContextFactory<SqliteFikoDbContext>
{
    public SqliteFikoDbContext CreateDbContext(string[] args) =>
        new(new DbContextOptionsBuilder<SqliteFikoDbContext>().UseSqlite("Data Source=design.db").Options, TimeProvider.System);
}

internal sealed class SqlServerDesign : IDesignTimeDbContextFactory<SqlServerFikoDbContext>
{
    public SqlServerFikoDbContext CreateDbContext(string[] args) =>
        new(new DbContextOptionsBuilder<SqlServerFikoDbContext>().UseSqlServer("Server=design")
            .ReplaceService<IMigrationsSqlGenerator, ScriptsByStatement>().Options, TimeProvider.System);
}
