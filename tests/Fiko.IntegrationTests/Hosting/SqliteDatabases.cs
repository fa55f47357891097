using Fiko.Infrastructure.Persistence;
using Microsoft.Data.Sqlite;

namespace Fiko.IntegrationTests.Hosting;

/// <summary>Real files. The migrations run once; a test's database is a copy of what they made.</summary>
public sealed class SqliteDatabases : IDatabases, IAsyncLifetime
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("fiko-schema-");
    private readonly Lazy<Task<string>> _migrated;

    public SqliteDatabases() => _migrated = new(MigrateAsync);

    public async Task<TestDatabase> CreateAsync(bool migrated = true)
    {
        var folder = Directory.CreateTempSubdirectory("fiko-store-");
        var file = Path.Combine(folder.FullName, "fiko.db");
        if (migrated)
        {
            File.Copy(await _migrated.Value, file);
        }

        var address = $"Data Source={file}";
        return new TestDatabase(DatabaseOptions.Sqlite, address, folder, () =>
        {
            SqliteConnection.ClearAllPools();
            return ValueTask.CompletedTask;
        });
    }

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public ValueTask DisposeAsync()
    {
        _folder.Delete(recursive: true);
        return ValueTask.CompletedTask;
    }

    private async Task<string> MigrateAsync()
    {
        var file = Path.Combine(_folder.FullName, "fiko.db");
        var empty = new TestDatabase(DatabaseOptions.Sqlite, $"Data Source={file}", _folder, () => ValueTask.CompletedTask);
        await using (var store = new Store(empty))
        {
            await store.MigrateAsync(TestContext.Current.CancellationToken);
        }

        // The last connection that closes writes everything into the one file that is copied.
        SqliteConnection.ClearAllPools();
        return file;
    }
}
