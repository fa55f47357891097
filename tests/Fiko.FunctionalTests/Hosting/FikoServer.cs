using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Fiko.FunctionalTests.Hosting;

/// <summary>The whole server in this process: a real Kestrel on a free port of loopback, a database of its own, everything it logs.</summary>
public class FikoServer : IAsyncLifetime
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("fiko-test-");
    private ServerDatabase? _own;
    private Factory? _factory;

    /// <summary>Settings beyond the defaults of Development. It logs what a server in production does; <see cref="LogEverything"/> is for tests that read the log.</summary>
    public Dictionary<string, string> Settings { get; } = new()
    {
        ["Demo:Enabled"] = "false",
        ["Logging:LogLevel:Default"] = "Information",
        ["Logging:LogLevel:Microsoft"] = "Warning",
        ["Logging:LogLevel:Microsoft.AspNetCore"] = "Warning",
        ["Logging:LogLevel:Microsoft.EntityFrameworkCore"] = "Warning",
        ["Logging:LogLevel:System.Net.Http"] = "Warning",
    };

    /// <summary>Where a test brings its own parts, such as a clock.</summary>
    public Action<IServiceCollection>? Services { get; set; }

    /// <summary>What a suite adds to all of its servers.</summary>
    public static Action<IServiceCollection> Beneath { get; set; } = _ => { };

    /// <summary>Another server, whose database and keys this one shares.</summary>
    public FikoServer? Beside { get; init; }

    /// <summary>The SQLite file; a test that opens it is skipped on SQL Server.</summary>
    public string DatabasePath => Database.Path;

    /// <summary>Where it keeps files and keys.</summary>
    public string DataFolder => Database.Folder;

    /// <summary>What tells a further server of the same database and keys.</summary>
    public IEnumerable<KeyValuePair<string, string>> DatabaseSettings => Database.Settings;

    public Uri Address { get; private set; } = null!;

    public HttpClient Http { get; private set; } = null!;

    public CapturedLog Log { get; } = new();

    public IServiceProvider Provider => _factory!.Services;

    public virtual async ValueTask InitializeAsync()
    {
        await StartAsync();
    }

    public async Task StartAsync()
    {
        await Database.CreateAsync();
        var port = OwnProcess.FreePort();
        Address = new Uri($"http://127.0.0.1:{port}");
        _factory = new Factory(this);
        _factory.UseKestrel(port);
        _factory.StartServer();
        Http = new HttpClient(new RestContract(NewHandler())) { BaseAddress = Address, Timeout = TimeSpan.FromSeconds(30) };
    }

    /// <summary>Stops as an operator would, and starts again on the same database.</summary>
    public async Task RestartAsync()
    {
        await StopAsync();
        await StartAsync();
    }

    public virtual async ValueTask DisposeAsync()
    {
        await StopAsync();
        if (_own is not null)
        {
            await _own.DropAsync();
        }

        _folder.Delete(recursive: true);
        GC.SuppressFinalize(this);
    }

    /// <summary>Logs in over REST, as an agent would.</summary>
    public async Task<string> LogInAsync(string email, string password) =>
        (await LogInFullyAsync(email, password)).GetProperty("access_token").GetString()!;

    /// <summary>The whole answer, with the refresh token.</summary>
    public async Task<JsonElement> LogInFullyAsync(string email, string password = TestWorkspace.Password)
    {
        var answer = await Http.PostAsJsonAsync("/api/v1/auth/login", new { email, password });
        answer.EnsureSuccessStatusCode();
        return await answer.Content.ReadFromJsonAsync<JsonElement>();
    }

    /// <summary>From the next start on the log holds what anybody can say at any level: what is not in it, no setting of an operator brings there.</summary>
    public void LogEverything()
    {
        foreach (var category in (string[])["Default", "Microsoft", "Microsoft.AspNetCore", "Microsoft.EntityFrameworkCore", "System", "System.Net.Http", "Fiko"])
        {
            Settings[$"Logging:LogLevel:{category}"] = "Trace";
        }
    }

    /// <summary>Before the start: sockets may say as much as a test wants, and as quickly.</summary>
    public void LiftFrameLimits()
    {
        foreach (var limit in new[] { "FramesPerSecond", "FrameBurst", "UserFramesPerSecond", "UserFrameBurst" })
        {
            Settings[$"Sockets:{limit}"] = "1000000";
        }
    }

    /// <summary>Begins what an operator's SIGTERM begins.</summary>
    public void Terminate() => Provider.GetRequiredService<IHostApplicationLifetime>().StopApplication();

    public Uri Socket(string pathAndQuery) => new($"ws://127.0.0.1:{Address.Port}{pathAndQuery}");

    /// <summary>What the tests' own calls go through.</summary>
    protected virtual HttpMessageHandler NewHandler() => new SocketsHttpHandler();

    private ServerDatabase Database => Beside?.Database ?? (_own ??= new(_folder.FullName));

    private async Task StopAsync()
    {
        if (_factory is null)
        {
            return;
        }

        if (Environment.GetEnvironmentVariable("FIKO_TEST_LOG") is { Length: > 0 } path)
        {
            await File.AppendAllLinesAsync(path, Log.Lines);
        }

        Http.Dispose();
        await _factory.DisposeAsync();
    }

    private sealed class Factory(FikoServer server) : WebApplicationFactory<Program>
    {
        protected override void ConfigureWebHost(IWebHostBuilder builder)
        {
            builder.UseEnvironment("Development");
            builder.UseSetting("PublicUrl", server.Address.ToString());
            foreach (var (key, value) in server.DatabaseSettings.Concat(server.Settings))
            {
                builder.UseSetting(key, value);
            }

            builder.ConfigureLogging(logging => logging.ClearProviders().AddProvider(server.Log));
            builder.ConfigureServices(services =>
            {
                Beneath(services);
                server.Services?.Invoke(services);
            });
        }
    }
}
