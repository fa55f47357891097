using Fiko.Infrastructure.Persistence;

[assembly: AssemblyFixture(typeof(Fiko.IntegrationTests.Hosting.SqliteDatabases))]
[assembly: AssemblyFixture(typeof(Fiko.IntegrationTests.Hosting.SqlServerDatabases))]

namespace Fiko.IntegrationTests.Hosting;

/// <summary>What holds on every database. A class that inherits the tests says on which they run.</summary>
public abstract class PersistenceContract(IDatabases databases) : IAsyncLifetime
{
    protected static CancellationToken Ct => TestContext.Current.CancellationToken;

    protected IDatabases Databases { get; } = databases;

    protected Store Store { get; private set; } = null!;

    protected SeededWorkspace Workspace { get; private set; } = null!;

    public virtual async ValueTask InitializeAsync()
    {
        Store = new Store(await Databases.CreateAsync());
        Workspace = await SeededWorkspace.CreateAsync(Store);
    }

    public async ValueTask DisposeAsync()
    {
        if (Store is not null)
        {
            await Store.DisposeAsync();
            await Store.Database.DisposeAsync();
        }

        GC.SuppressFinalize(this);
    }

    protected Task<long> CountAsync(Func<FikoDbContext, IQueryable<object>> rows) =>
        Store.ReadAsync(db => Microsoft.EntityFrameworkCore.EntityFrameworkQueryableExtensions.LongCountAsync(rows(db), Ct));
}
