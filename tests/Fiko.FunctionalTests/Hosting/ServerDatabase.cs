using Fiko.Infrastructure.Persistence;
using Fiko.Tests;
using Microsoft.EntityFrameworkCore;

namespace Fiko.FunctionalTests.Hosting;

/// <summary>The database of a test's server: a SQLite file, or one of its own on the SQL Server that FIKO_TEST_SQLSERVER names.</summary>
internal sealed class ServerDatabase(string folder)
{
    private string? _address;

    public string Folder => folder;

    /// <summary>The file, for tests that look at what no query shows. They are of SQLite alone.</summary>
    public string Path
    {
        get
        {
            Assert.SkipWhen(NamedSqlServer.IsNamed, $"It opens the SQLite file itself; {NamedSqlServer.Variable} is set.");
            return File;
        }
    }

    /// <summary>What a server is to be told of it.</summary>
    public IEnumerable<KeyValuePair<string, string>> Settings =>
    [
        new("Database:Provider", _address is null ? DatabaseOptions.Sqlite : DatabaseOptions.SqlServer),
        new("Database:DataFolder", folder),
        new("ConnectionStrings:Fiko", _address ?? $"Data Source={File}"),
    ];

    private string File => System.IO.Path.Combine(folder, "fiko.db");

    public async Task CreateAsync()
    {
        if (_address is not null || System.IO.File.Exists(File))
        {
            return;
        }

        if (await NamedSqlServer.AddressAsync() is not { } server)
        {
            await MigratedDatabase.WriteAsync(File);
            return;
        }

        _address = NamedSqlServer.NewDatabase(server);
        var options = new DbContextOptionsBuilder<SqlServerFikoDbContext>().UseSqlServer(_address).Options;
        await using var db = new SqlServerFikoDbContext(options, TimeProvider.System);
        await new Schema(db).MigrateAsync(CancellationToken.None);
    }

    public async ValueTask DropAsync()
    {
        Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
        if (_address is not null)
        {
            await NamedSqlServer.DropAsync(_address);
        }
    }
}
