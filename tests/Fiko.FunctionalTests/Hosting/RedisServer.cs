using System.Diagnostics;
using System.Net.Sockets;

namespace Fiko.FunctionalTests.Hosting;

/// <summary>A real redis-server of one's own on loopback, which keeps nothing and can be killed.</summary>
public sealed class RedisServer : IAsyncDisposable
{
    private const string Program = "redis-server";

    private Process? _process;

    public int Port { get; } = OwnProcess.FreePort();

    public string ConnectionString => $"127.0.0.1:{Port}";

    /// <summary>Skips the test where there is no Redis to start.</summary>
    public static void MustBeInstalled()
    {
        var folders = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator);
        Assert.SkipUnless(Array.Exists(folders, folder => File.Exists(Path.Combine(folder, Program))), "No redis-server is installed. Install it (apt-get install redis-server).");
    }

    public async Task StartAsync()
    {
        var start = new ProcessStartInfo(Program) { RedirectStandardOutput = true, RedirectStandardError = true };
        string[] arguments = ["--port", $"{Port}", "--bind", "127.0.0.1", "--save", "", "--appendonly", "no", "--daemonize", "no"];
        Array.ForEach(arguments, start.ArgumentList.Add);
        _process = Process.Start(start)!;
        _process.OutputDataReceived += (_, _) => { };
        _process.ErrorDataReceived += (_, _) => { };
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
        await Eventually.SeesAsync(AnswersAsync, answers => answers, "Redis to answer");
    }

    /// <summary>SIGKILL. Whatever it held is gone.</summary>
    public async Task KillAsync()
    {
        if (_process is not null)
        {
            _process.Kill();
            await _process.WaitForExitAsync();
            _process.Dispose();
            _process = null;
        }
    }

    public async ValueTask DisposeAsync() => await KillAsync();

    private async Task<bool> AnswersAsync()
    {
        try
        {
            using var probe = new TcpClient();
            await probe.ConnectAsync("127.0.0.1", Port);
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}
