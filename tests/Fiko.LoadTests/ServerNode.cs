using System.Diagnostics;
using System.Net;
using System.Net.Sockets;

namespace Fiko.LoadTests;

/// <summary>One server in a process of its own, that can be asked to go, killed and started again at its address.</summary>
internal sealed class ServerNode(string folder, params string[] settings) : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private Process? _process;

    public Uri Address { get; } = new($"http://127.0.0.1:{FreePort()}");

    public static int FreePort()
    {
        using var probe = new TcpListener(IPAddress.Loopback, 0);
        probe.Start();
        return ((IPEndPoint)probe.LocalEndpoint).Port;
    }

    public async Task StartAsync()
    {
        var start = new ProcessStartInfo("dotnet") { WorkingDirectory = folder, RedirectStandardOutput = true, RedirectStandardError = true };
        string[] arguments = [Path.Combine(AppContext.BaseDirectory, "Fiko.WebApi.dll"), $"--Urls={Address}", $"--PublicUrl={Address}", .. settings];
        Array.ForEach(arguments, start.ArgumentList.Add);
        start.Environment["ASPNETCORE_ENVIRONMENT"] = "Development";
        _process = Process.Start(start)!;
        _process.OutputDataReceived += Complain;
        _process.ErrorDataReceived += Complain;
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
        using var http = new HttpClient { BaseAddress = Address };
        var began = TimeProvider.System.GetTimestamp();
        while (!await IsReadyAsync(http))
        {
            if (_process.HasExited || TimeProvider.System.GetElapsedTime(began) > Patience)
            {
                throw new InvalidOperationException("A server does not start; what it said is above");
            }

            await Task.Delay(TimeSpan.FromMilliseconds(50), TimeProvider.System);
        }
    }

    /// <summary>SIGTERM, and what the server makes of it.</summary>
    public async Task TerminateAsync()
    {
        using var kill = Process.Start("kill", ["-TERM", $"{_process!.Id}"]);
        await kill.WaitForExitAsync();
        await EndAsync();
    }

    /// <summary>SIGKILL.</summary>
    public async Task KillAsync()
    {
        _process?.Kill();
        await EndAsync();
    }

    /// <summary>Resident memory in MiB.</summary>
    public long MemoryMiB()
    {
        _process?.Refresh();
        return (_process?.WorkingSet64 ?? 0) >> 20;
    }

    public async ValueTask DisposeAsync() => await KillAsync();

    private async Task EndAsync()
    {
        if (_process is not null)
        {
            await _process.WaitForExitAsync();
            _process.Dispose();
            _process = null;
        }
    }

    private static async Task<bool> IsReadyAsync(HttpClient http)
    {
        try
        {
            using var answer = await http.GetAsync(new Uri("/health/ready", UriKind.Relative));
            return answer.IsSuccessStatusCode;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }

    private static void Complain(object sender, DataReceivedEventArgs line)
    {
        if (line.Data is { } text && (text.Contains("fail:", StringComparison.Ordinal) || text.Contains("crit:", StringComparison.Ordinal) || text.Contains("Unhandled", StringComparison.Ordinal)))
        {
            Console.WriteLine($"  server: {text}");
        }
    }
}
