using Fiko.Application.Search;
using Fiko.Infrastructure.Persistence;
using Fiko.SqlServerTwin.Fake;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace Fiko.SqlServerTwin.Replay;

/// <summary>The product's own persistence, set up for SQL Server as the product does it, over a connection that never opens.</summary>
public static class TwinDatabase
{
    private static readonly Lazy<ServiceProvider> Parts = new(Build);

    public static Twin Open(FakeConnection connection)
    {
        var scope = Parts.Value.CreateScope();
        var db = scope.ServiceProvider.GetRequiredService<FikoDbContext>();
        db.Database.SetDbConnection(connection);
        return new Twin(scope, db);
    }

    /// <summary>For what makes its own scopes.</summary>
    public static IServiceScopeFactory Scopes(FakeConnection connection) => new TwinScopes(connection);

    private static ServiceProvider Build()
    {
        var settings = new ConfigurationBuilder().AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["ConnectionStrings:Fiko"] = "Server=nowhere",
            ["Database:Provider"] = DatabaseOptions.SqlServer,
        }).Build();
        var services = new ServiceCollection();
        services.AddLogging();
        services.AddSingleton(TimeProvider.System);
        services.AddPersistence(settings, new DataFolder(AppContext.BaseDirectory, "", DatabaseOptions.SqlServer));
        return services.BuildServiceProvider(validateScopes: true);
    }

    private sealed class TwinScopes(FakeConnection connection) : IServiceScopeFactory
    {
        public IServiceScope CreateScope() => Open(connection).Scope;
    }
}

/// <summary>A scope of the product on SQL Server.</summary>
public sealed class Twin(IServiceScope scope, FikoDbContext db) : IDisposable
{
    public IServiceScope Scope => scope;

    public FikoDbContext Db => db;

    public IServiceProvider Services => scope.ServiceProvider;

    public ISearchIndex Search => Services.GetRequiredService<ISearchIndex>();

    public void Dispose() => scope.Dispose();
}
