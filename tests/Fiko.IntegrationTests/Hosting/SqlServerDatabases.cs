using System.Net.Sockets;
using Fiko.Infrastructure.Persistence;
using Microsoft.Data.SqlClient;
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
        var address = new SqlConnectionStringBuilder(await ServerAsync()) { InitialCatalog = $"fiko_{Guid.NewGuid():N}" }.ToString();
        var database = new TestDatabase(DatabaseOptions.SqlServer, address, Directory.CreateTempSubdirectory("fiko-store-"), () => DropAsync(address));
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
        if (_server is null && Environment.GetEnvironmentVariable("FIKO_TEST_SQLSERVER") is { Length: > 0 } named)
        {
            _server = named;
        }

        if (_server is null && !await DockerAnswersAsync())
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

    // Asks for no version: whether somebody listens is known at once, and Testcontainers says the rest.
    private static async Task<bool> DockerAnswersAsync()
    {
        var host = Environment.GetEnvironmentVariable("DOCKER_HOST");
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(1.5));
        try
        {
            if (host is { Length: > 0 } && new Uri(host) is { Scheme: not "unix" } remote)
            {
                using var client = new TcpClient();
                await client.ConnectAsync(remote.Host, remote.Port, patience.Token);
                return true;
            }

            using var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
            var path = host is { Length: > 0 } ? new Uri(host).AbsolutePath : "/var/run/docker.sock";
            await socket.ConnectAsync(new UnixDomainSocketEndPoint(path), patience.Token);
            return true;
        }
        catch (Exception failed) when (failed is SocketException or OperationCanceledException or UriFormatException)
        {
            return false;
        }
    }

    private static async ValueTask DropAsync(string address)
    {
        var name = new SqlConnectionStringBuilder(address).InitialCatalog;
        SqlConnection.ClearAllPools();
        await using var connection = new SqlConnection(new SqlConnectionStringBuilder(address) { InitialCatalog = "master" }.ToString());
        await connection.OpenAsync();
        await using var drop = connection.CreateCommand();
        drop.CommandText = $"IF DB_ID('{name}') IS NOT NULL BEGIN ALTER DATABASE [{name}] SET SINGLE_USER WITH ROLLBACK IMMEDIATE; DROP DATABASE [{name}]; END";
        await drop.ExecuteNonQueryAsync();
    }
}
