using System.Diagnostics;
using System.Net;
using System.Net.Sockets;

namespace Fiko.FunctionalTests.Hosting;

/// <summary>The server as it is built, in a process of its own that can be asked to go, killed, and started again at its address.</summary>
public class OwnProcess : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly string _folder;
    private readonly List<string> _output = [];
    private readonly string[] _arguments;
    private Process? _process;

    /// <param name="folder">Where it runs.</param>
    /// <param name="settings">As on the command line.</param>
    public OwnProcess(string folder, params IEnumerable<string> settings)
    {
        _folder = folder;
        Address = new Uri($"http://127.0.0.1:{FreePort()}");
        _arguments = [Path.Combine(AppContext.BaseDirectory, "Fiko.WebApi.dll"), $"--Urls={Address}", $"--PublicUrl={Address}", .. settings];
    }

    public Uri Address { get; }

    /// <summary>The system's number for it, while it runs.</summary>
    public int ProcessId => _process!.Id;

    /// <summary>Told of each line that it says.</summary>
    public Action<string>? Said { get; init; }

    /// <summary>Resident memory.</summary>
    public long MemoryMiB
    {
        get
        {
            _process?.Refresh();
            return (_process?.WorkingSet64 ?? 0) >> 20;
        }
    }

    /// <summary>Processor time that it has used since it was started.</summary>
    public TimeSpan Busy
    {
        get
        {
            _process?.Refresh();
            return _process?.TotalProcessorTime ?? TimeSpan.Zero;
        }
    }

    /// <summary>All that it said.</summary>
    public string Output
    {
        get
        {
            lock (_output)
            {
                return string.Join('\n', _output);
            }
        }
    }

    public static int FreePort()
    {
        using var probe = new TcpListener(IPAddress.Loopback, 0);
        probe.Start();
        return ((IPEndPoint)probe.LocalEndpoint).Port;
    }

    public async Task StartAsync()
    {
        var start = new ProcessStartInfo("dotnet") { WorkingDirectory = _folder, RedirectStandardOutput = true, RedirectStandardError = true };
        Array.ForEach(_arguments, start.ArgumentList.Add);
        start.Environment["ASPNETCORE_ENVIRONMENT"] = "Development";
        _process = Process.Start(start)!;
        _process.OutputDataReceived += Keep;
        _process.ErrorDataReceived += Keep;
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
        using var http = new HttpClient { BaseAddress = Address };
        await Eventually.SeesAsync(() => IsReadyAsync(http), ready => ready, "the server to be ready", Patience);
    }

    /// <summary>SIGKILL: nothing in the process gets to say a last word.</summary>
    public async Task KillAsync()
    {
        if (_process is not null)
        {
            _process.Kill();
            await ExitedAsync();
        }
    }

    /// <summary>SIGTERM: the server is asked to stop, as by an operator or a container's host.</summary>
    public void Terminate()
    {
        using var kill = Process.Start("kill", ["-TERM", $"{_process!.Id}"]);
        kill.WaitForExit();
    }

    /// <summary>Returns when the process has ended.</summary>
    /// <returns>Its exit code.</returns>
    public async Task<int> ExitedAsync()
    {
        await _process!.WaitForExitAsync().WaitAsync(Patience);
        var code = _process.ExitCode;
        _process.Dispose();
        _process = null;
        return code;
    }

    public Uri Socket(string pathAndQuery) => new($"ws://127.0.0.1:{Address.Port}{pathAndQuery}");

    public virtual async ValueTask DisposeAsync()
    {
        await KillAsync();
        GC.SuppressFinalize(this);
    }

    private async Task<bool> IsReadyAsync(HttpClient http)
    {
        if (_process is not { HasExited: false })
        {
            throw new InvalidOperationException($"The server has ended:\n{Output}");
        }

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

    private void Keep(object sender, DataReceivedEventArgs line)
    {
        lock (_output)
        {
            _output.Add(line.Data ?? "");
        }

        Said?.Invoke(line.Data ?? "");
    }
}
