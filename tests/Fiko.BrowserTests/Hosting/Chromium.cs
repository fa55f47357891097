using Microsoft.Playwright;

namespace Fiko.BrowserTests.Hosting;

/// <summary>The distribution's Chromium, headless. Where there is none, the test says so and how to get it.</summary>
public sealed class Chromium : IAsyncLifetime
{
    private static readonly string[] Names = ["chromium", "chromium-browser", "google-chrome"];

    private IPlaywright? _playwright;

    public async ValueTask InitializeAsync()
    {
        Assertions.SetDefaultExpectTimeout(30_000);
        _playwright = Find() is null ? null : await Playwright.CreateAsync();
    }

    public ValueTask DisposeAsync()
    {
        _playwright?.Dispose();
        return ValueTask.CompletedTask;
    }

    /// <summary>A browser for which the documented host is this server.</summary>
    public async Task<IBrowser> LaunchAsync(BrowserServer server)
    {
        var path = Find();
        if (path is null)
        {
            Assert.Skip("There is no Chromium here. Install it with `apt-get install chromium`, or name one in FIKO_CHROMIUM.");
        }

        return await _playwright!.Chromium.LaunchAsync(new()
        {
            ExecutablePath = path,
            Args =
            [
                $"--host-resolver-rules=MAP {BrowserServer.Host} 127.0.0.1:{server.TlsPort}",
                "--ignore-certificate-errors",
                "--no-proxy-server",
                "--autoplay-policy=no-user-gesture-required",
                "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
                "--disable-background-networking", "--disable-component-update", "--disable-sync",
            ],
        });
    }

    private static string? Find() => Environment.GetEnvironmentVariable("FIKO_CHROMIUM") is { Length: > 0 } named
        ? named
        : (Environment.GetEnvironmentVariable("PATH") ?? "")
            .Split(Path.PathSeparator)
            .SelectMany(_ => Names, Path.Combine)
            .FirstOrDefault(File.Exists);
}
