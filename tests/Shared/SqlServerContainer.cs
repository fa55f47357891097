using Testcontainers.MsSql;

namespace Fiko.Tests;

/// <summary>SQL Server in a container, started once a process. Testcontainers removes it when the process is gone.</summary>
internal static class SqlServerContainer
{
    private const string Image = "mcr.microsoft.com/mssql/server:2022-latest";

    private static readonly Lazy<Task<string>> Started = new(StartAsync);

    public static Task<string> AddressAsync() => Started.Value;

    private static async Task<string> StartAsync()
    {
        var container = new MsSqlBuilder(Image).Build();
        await container.StartAsync();
        return container.GetConnectionString();
    }
}
