using System.Diagnostics;
using Fiko.FunctionalTests.Documentation;

namespace Fiko.FunctionalTests.Contract;

/// <summary>The public tools from npm that are pinned in tests/contract.</summary>
internal static class Node
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);

    public static string Folder { get; } = Path.Combine(ProtocolPage.Root(), "tests", "contract");

    public static void MustBeThere()
    {
        if (!Directory.Exists(Path.Combine(Folder, "node_modules", "typescript")) || !Names("node").Any(File.Exists))
        {
            Assert.Skip("The npm packages are not there. With Node 20.19 or later: npm ci --ignore-scripts --prefix tests/contract");
        }
    }

    /// <summary>Runs a program of Node; the test fails with what it printed where it fails.</summary>
    public static async Task<string> RunAsync(string script, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo("node", [script, .. arguments])
        {
            WorkingDirectory = Folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        using var patience = new CancellationTokenSource(Patience);
        var (said, complained) = (process.StandardOutput.ReadToEndAsync(patience.Token), process.StandardError.ReadToEndAsync(patience.Token));
        await process.WaitForExitAsync(patience.Token);
        Assert.True(process.ExitCode == 0, $"{Path.GetFileName(script)} ended with {process.ExitCode}:\n{await said}\n{await complained}");
        return await said;
    }

    /// <summary>The program that a package brings, whatever it is called inside.</summary>
    public static string Tool(params string[] path) => Path.Combine([Folder, "node_modules", .. path]);

    private static IEnumerable<string> Names(string program) => (Environment.GetEnvironmentVariable("PATH") ?? "")
        .Split(Path.PathSeparator)
        .SelectMany(_ => new[] { program, $"{program}.exe" }, Path.Combine);
}
