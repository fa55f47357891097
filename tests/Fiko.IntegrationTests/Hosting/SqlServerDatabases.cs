using Fiko.Infrastructure.Persistence;
using Fiko.Tests;

namespace Fiko.IntegrationTests.Hosting;

/// <summary>
/// SQL Server in a container, or the one that FIKO_TEST_SQLSERVER names (a connection string whose login may create
/// databases). Where there is neither, its tests are skipped.
/// </summary>
public sealed class SqlServerDatabases : IDatabases
{
    public async Task<TestDatabase> CreateAsync(bool migrated = true)
    {
        var address = NamedSqlServer.NewDatabase(await ServerAsync());
        var database = new TestDatabase(DatabaseOptions.SqlServer, address, Directory.CreateTempSubdirectory("fiko-store-"), () => NamedSqlServer.DropAsync(address));
        if (migrated)
        {
            await using var store = new Store(database);
            await store.MigrateAsync(TestContext.Current.CancellationToken);
        }

        return database;
    }

    private static async Task<string> ServerAsync()
    {
        if (await NamedSqlServer.AddressAsync() is { } named)
        {
            return named;
        }

        if (!await DockerEngine.AnswersAsync())
        {
            Assert.Skip("No Docker engine answers; SQL Server runs in a container. Install and start Docker (apt-get install docker.io), "
                + "or name a server in FIKO_TEST_SQLSERVER.");
        }

        return await SqlServerContainer.AddressAsync();
    }
}
