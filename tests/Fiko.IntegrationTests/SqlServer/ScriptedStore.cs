using Fiko.Infrastructure.Persistence;
using Fiko.IntegrationTests.Hosting;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Fiko.IntegrationTests.SqlServer;

/// <summary>The server's own parts on SQL Server's provider, over connections to a <see cref="ScriptedServer"/>.</summary>
internal sealed class ScriptedStore : IAsyncDisposable
{
    private readonly TestDatabase _database;

    public ScriptedStore()
    {
        _database = new TestDatabase(DatabaseOptions.SqlServer, "Server=scripted", Directory.CreateTempSubdirectory("fiko-store-"), () => ValueTask.CompletedTask);
        Store = new Store(_database, services => services.ConfigureDbContext<SqlServerFikoDbContext>(options => options.UseSqlServer(new ScriptedConnection(Server))));
    }

    public ScriptedServer Server { get; } = new();

    public Store Store { get; }

    public async ValueTask DisposeAsync()
    {
        await Store.DisposeAsync();
        await _database.DisposeAsync();
    }
}
