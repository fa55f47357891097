using Fiko.Infrastructure.Persistence;
using Fiko.Tests;
using Testcontainers.MsSql;

namespace Fiko.IntegrationTests.Hosting;

/// <summary>
/// SQL Server in a container, or the one that FIKO_TEST_SQLSERVER names (a connection string whose login may create
/// databases). Where there is neither, its tests are skipped.
/// </summary>
public sealed class SqlServerDatabases : IDatabases, IAsyncDisposable
{
    private const string Image = "mcr.microsoft.com/mssql/server:2022-latest";

    private readonly SemaphoreSlim _starting = new(1);
    private MsSqlContainer? _container;
    private string? _server;

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

    public async ValueTask DisposeAsync()
    {
        _starting.Dispose();
        if (_container is not null)
        {
            await _container.DisposeAsync();
        }
    }

    private async Task<string> ServerAsync()
    {
        _server ??= await NamedSqlServer.AddressAsync();
        if (_server is null && !await DockerEngine.AnswersAsync())
        {
            Assert.Skip("No Docker engine answers; SQL Server runs in a container. Install and start Docker (apt-get install docker.io), "
                + "or name a server in FIKO_TEST_SQLSERVER.");
        }

        await _starting.WaitAsync(TestContext.Current.CancellationToken);
        try
        {
            if (_server is null)
            {
                _container = new MsSqlBuilder(Image).Build();
                await _container.StartAsync(TestContext.Current.CancellationToken);
                _server = _container.GetConnectionString();
            }
        }
        finally
        {
            _starting.Release();
        }

        return _server;
    }
}
