using Fiko.FunctionalTests.Hosting;
using Fiko.WebApi.Hosting;
using Microsoft.Data.Sqlite;

namespace Fiko.FunctionalTests.Crash;

/// <summary>A server in a process of its own, on a database that stays, whose Telegram is another server's sandbox.</summary>
internal sealed class ServerProcess : OwnProcess
{
    private readonly DirectoryInfo _folder;

    /// <param name="platform">Whose sandbox is its Telegram.</param>
    /// <param name="settings">As on the command line.</param>
    public ServerProcess(FikoServer platform, params string[] settings)
        : this(Directory.CreateTempSubdirectory("fiko-crash-"), platform, settings)
    {
    }

    private ServerProcess(DirectoryInfo folder, FikoServer platform, string[] settings)
        : base(
            folder.FullName,
            [
                $"--ConnectionStrings:Fiko=Data Source={Path.Combine(folder.FullName, "fiko.db")}",
                "--Database:MigrateOnStart=true",
                "--Demo:Enabled=true",
                "--Sandbox:Enabled=false",
                $"--Telegram:ApiBaseUrl={platform.Address}",
                "--Telegram:HttpWebhooks=true",
                .. settings,
            ])
    {
        _folder = folder;
        Http = new HttpClient(new RestContract(new SocketsHttpHandler())) { BaseAddress = Address, Timeout = TimeSpan.FromSeconds(30) };
    }

    public string DatabasePath => Path.Combine(_folder.FullName, "fiko.db");

    public HttpClient Http { get; }

    /// <returns>The owner's access token.</returns>
    public async Task<string> LogInAsync()
    {
        var answer = await Http.CallAsync(HttpMethod.Post, "/api/v1/auth/login", new { email = DemoWorkspace.Owner, password = DemoWorkspace.Password });
        return answer.Json.GetProperty("access_token").GetString()!;
    }

    /// <summary>Accepted messages that nobody sees yet, and sends that have neither ended nor been given up.</summary>
    public async Task<long> CountUnfinishedAsync()
    {
        await using var database = new SqliteConnection($"Data Source={DatabasePath};Mode=ReadOnly;Pooling=False");
        await database.OpenAsync();
        await using var count = database.CreateCommand();
        count.CommandText = "SELECT (SELECT COUNT(*) FROM messages WHERE Seq IS NULL) + (SELECT COUNT(*) FROM deliveries WHERE Status IN ('Pending', 'Sending'))";
        return (long)(await count.ExecuteScalarAsync())!;
    }

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        Http.Dispose();
        _folder.Delete(recursive: true);
    }
}
