using Fiko.Tests;

[assembly: AssemblyFixture(typeof(NamedSqlServerIsThere))]

namespace Fiko.Tests;

/// <summary>Where a SQL Server is named that can't be reached, the whole suite says so within seconds; no test looks for it on its own.</summary>
public sealed class NamedSqlServerIsThere : IAsyncLifetime
{
    public async ValueTask InitializeAsync() => await NamedSqlServer.AddressAsync();

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
