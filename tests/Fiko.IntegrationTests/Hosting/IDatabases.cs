namespace Fiko.IntegrationTests.Hosting;

/// <summary>Where a suite's databases come from. Each test gets one of its own, brought up to date.</summary>
public interface IDatabases
{
    /// <summary>Skips the test, with the reason, where this machine has no such database.</summary>
    Task<TestDatabase> CreateAsync(bool migrated = true);
}

/// <summary>A database that is gone when it is disposed.</summary>
/// <param name="Provider">The value of <c>Database:Provider</c>.</param>
/// <param name="ConnectionString">The value of <c>ConnectionStrings:Fiko</c>.</param>
/// <param name="Folder">Where its server keeps files.</param>
/// <param name="Drop">Removes it.</param>
public sealed record TestDatabase(string Provider, string ConnectionString, DirectoryInfo Folder, Func<ValueTask> Drop) : IAsyncDisposable
{
    public async ValueTask DisposeAsync()
    {
        await Drop();
        Folder.Delete(recursive: true);
    }
}
