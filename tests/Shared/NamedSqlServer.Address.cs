using Microsoft.Data.SqlClient;

namespace Fiko.Tests;

/// <content>How it is reached. Looked for once a process.</content>
internal static partial class NamedSqlServer
{
    // Every test that needs it waits for the same look, and fails with the same answer.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(8);
    private static readonly Lazy<Task<string?>> Looked = new(LookAsync);

    /// <summary>Null where none is named.</summary>
    public static Task<string?> AddressAsync() => Looked.Value;

    /// <summary>The address of a database that is not there yet.</summary>
    public static string NewDatabase(string server) =>
        new SqlConnectionStringBuilder(server) { InitialCatalog = $"fiko_{Guid.NewGuid():N}" }.ToString();

    public static async ValueTask DropAsync(string address)
    {
        var name = new SqlConnectionStringBuilder(address).InitialCatalog;
        SqlConnection.ClearAllPools();
        await using var connection = new SqlConnection(new SqlConnectionStringBuilder(address) { InitialCatalog = "master" }.ToString());
        await connection.OpenAsync();
        await using var drop = connection.CreateCommand();
#pragma warning disable CA2100 // Our own name for it.
        drop.CommandText = $"IF DB_ID('{name}') IS NOT NULL BEGIN ALTER DATABASE [{name}] SET SINGLE_USER WITH ROLLBACK IMMEDIATE; DROP DATABASE [{name}]; END";
#pragma warning restore CA2100
        await drop.ExecuteNonQueryAsync();
    }

    private static async Task<string?> LookAsync()
    {
        if (!IsNamed)
        {
            return null;
        }

        if (Named == Container)
        {
            return await DockerEngine.AnswersAsync()
                ? await SqlServerContainer.AddressAsync()
                : throw new InvalidOperationException($"{Variable} asks for a container, and no Docker engine answers. Start it, or name a server by its connection string.");
        }

        var where = "?";
        try
        {
            var named = Named!;
            var address = new SqlConnectionStringBuilder(named) { InitialCatalog = "master", ConnectTimeout = 5, ConnectRetryCount = 0 };
            where = address.DataSource;
            await using var connection = new SqlConnection(address.ToString());
            await connection.OpenAsync().WaitAsync(Patience, TimeProvider.System);
            return named;
        }
        catch (Exception failed)
        {
            throw new InvalidOperationException(
                $"{Variable} names a SQL Server that can't be reached ({where}): {failed.Message} Start it, correct the connection string, or unset the variable.", failed);
        }
    }
}
