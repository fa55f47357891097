using Fiko.Infrastructure.Persistence;
using Fiko.IntegrationTests.Hosting;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Fiko.IntegrationTests;

public abstract class BringingADatabaseUpToDate(IDatabases databases)
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task An_empty_database_becomes_the_model()
    {
        await using var database = await databases.CreateAsync(migrated: false);
        await using var store = new Store(database);
        Assert.False(await IsUpToDateAsync(store));

        await store.MigrateAsync(Ct);

        Assert.True(await IsUpToDateAsync(store));
        foreach (var table in await store.ReadAsync(db => Task.FromResult(db.Model.GetEntityTypes().Select(t => t.GetTableName()!).Distinct().ToArray())))
        {
            Assert.Equal(0, await RowsAsync(store, table));
        }
    }

    [Fact]
    public async Task Doing_it_twice_changes_nothing()
    {
        await using var database = await databases.CreateAsync(migrated: false);
        await using var store = new Store(database);
        await store.MigrateAsync(Ct);
        var workspace = await SeededWorkspace.CreateAsync(store);

        await store.MigrateAsync(Ct);

        Assert.Equal(0, await store.HeadAsync(workspace.Id));
    }

    [Fact]
    public async Task Servers_that_start_at_once_do_not_collide()
    {
        await using var database = await databases.CreateAsync(migrated: false);
        var servers = Enumerable.Range(0, 4).Select(_ => new Store(database)).ToList();

        await Task.WhenAll(servers.ConvertAll(s => Task.Run(() => s.MigrateAsync(Ct), Ct)));

        Assert.True(await IsUpToDateAsync(servers[0]));
        foreach (var server in servers)
        {
            await server.DisposeAsync();
        }
    }

    private static async Task<bool> IsUpToDateAsync(Store store)
    {
        await using var scope = store.Services.CreateAsyncScope();
        return await scope.ServiceProvider.GetRequiredService<Schema>().IsUpToDateAsync(Ct);
    }

    private static Task<int> RowsAsync(Store store, string table)
    {
        var sql = $"SELECT COUNT(*) AS Value FROM {table}";
        return store.ReadAsync(db => db.Database.SqlQueryRaw<int>(sql).SingleAsync(Ct));
    }
}

public sealed class BringingSqliteUpToDate(SqliteDatabases databases) : BringingADatabaseUpToDate(databases);

public sealed class BringingSqlServerUpToDate(SqlServerDatabases databases) : BringingADatabaseUpToDate(databases);
