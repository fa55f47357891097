using System.Diagnostics;
using Fiko.FunctionalTests.Hosting;
using Fiko.WebApi.Hosting;
using Microsoft.Data.Sqlite;

namespace Fiko.FunctionalTests.Crash;

/// <summary>The server as it is built, in a process of its own that can be killed, on a database that stays.</summary>
internal sealed class ServerProcess : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("fiko-crash-");
    private readonly List<string> _output = [];
    private readonly string[] _arguments;
    private Process? _process;

    /// <param name="platform">Whose sandbox is its Telegram.</param>
    /// <param name="settings">As on the command line.</param>
    public ServerProcess(FikoServer platform, params string[] settings)
    {
        Address = new Uri($"http://127.0.0.1:{FikoServer.FreePort()}");
        Http = new HttpClient(new RestContract(new SocketsHttpHandler())) { BaseAddress = Address, Timeout = Patience };
        _arguments =
        [
            Path.Combine(AppContext.BaseDirectory, "Fiko.WebApi.dll"),
            $"--Urls={Address}",
            $"--PublicUrl={Address}",
            $"--ConnectionStrings:Fiko=Data Source={DatabasePath}",
            "--Database:MigrateOnStart=true",
            "--Demo:Enabled=true",
            "--Sandbox:Enabled=false",
            $"--Telegram:ApiBaseUrl={platform.Address}",
            "--Telegram:HttpWebhooks=true",
            .. settings,
        ];
    }

    public string DatabasePath => Path.Combine(_folder.FullName, "fiko.db");

    public Uri Address { get; }

    public HttpClient Http { get; }

    public async Task StartAsync()
    {
        var start = new ProcessStartInfo("dotnet") { WorkingDirectory = _folder.FullName, RedirectStandardOutput = true, RedirectStandardError = true };
        Array.ForEach(_arguments, start.ArgumentList.Add);
        start.Environment["ASPNETCORE_ENVIRONMENT"] = "Development";
        _process = Process.Start(start)!;
        _process.OutputDataReceived += Keep;
        _process.ErrorDataReceived += Keep;
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
        await Eventually.SeesAsync(IsReadyAsync, ready => ready, "the server to be ready");
    }

    /// <summary>SIGKILL: nothing in the process gets to say a last word.</summary>
    public async Task KillAsync()
    {
        if (_process is null)
        {
            return;
        }

        _process.Kill();
        await _process.WaitForExitAsync().WaitAsync(Patience);
        _process.Dispose();
        _process = null;
    }

    /// <summary>SIGTERM: the server is asked to stop, as by an operator or a container's host.</summary>
    public void Terminate()
    {
        using var kill = Process.Start("kill", ["-TERM", $"{_process!.Id}"]);
        kill.WaitForExit();
    }

    /// <summary>Returns when the process has ended by itself.</summary>
    /// <returns>Its exit code.</returns>
    public async Task<int> ExitedAsync()
    {
        await _process!.WaitForExitAsync().WaitAsync(Patience);
        var code = _process.ExitCode;
        _process.Dispose();
        _process = null;
        return code;
    }

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

    public Uri Socket(string pathAndQuery) => new($"ws://127.0.0.1:{Address.Port}{pathAndQuery}");

    public async ValueTask DisposeAsync()
    {
        await KillAsync();
        Http.Dispose();
        _folder.Delete(recursive: true);
    }

    private async Task<bool> IsReadyAsync()
    {
        if (_process is not { HasExited: false })
        {
            throw new InvalidOperationException($"The server has ended:\n{Output()}");
        }

        try
        {
            return (await Http.CallAsync(HttpMethod.Get, "/health/ready")).Status is System.Net.HttpStatusCode.OK;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }

    private void Keep(object sender, DataReceivedEventArgs line)
    {
        lock (_output)
        {
            _output.Add(line.Data ?? "");
        }
    }

    private string Output()
    {
        lock (_output)
        {
            return string.Join('\n', _output);
        }
    }
}
