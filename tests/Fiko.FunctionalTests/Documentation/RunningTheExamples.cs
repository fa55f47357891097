using System.Diagnostics;
using System.Text.RegularExpressions;
using Fiko.FunctionalTests.Hosting;

namespace Fiko.FunctionalTests.Documentation;

/// <summary>The commands of docs/rest, as somebody who reads them runs them: against the demo, in a shell.</summary>
public sealed partial class RunningTheExamples(RunningTheExamples.Demo server) : IClassFixture<RunningTheExamples.Demo>
{
    // What a page leaves to its reader. Any answer that is a refusal ends the script.
    private const string Prelude =
        """
        set -euo pipefail
        curl() { command curl --fail-with-body --show-error --max-time 20 "$@"; }
        auth() { curl -s localhost:8000/api/v1/auth/login -H 'Content-Type: application/json' -d '{"email":"owner@fiko.test","password":"fiko-demo"}'; }
        field() { sed 's/.*"'"$1"'":"\{0,1\}\([^",}]*\).*/\1/'; }
        TOKEN=$(auth | sed 's/.*"access_token":"\([^"]*\)".*/\1/')
        OWN=$(curl -s localhost:8000/api/v1/channels -H "Authorization: Bearer $TOKEN" -H 'Content-Type: application/json' -d '{"source":"api","name":"Ours"}')
        ID=$(echo "$OWN" | sed 's/^{"id":\([0-9]*\).*/\1/') KEY=$(echo "$OWN" | field key)

        """;

    public static TheoryData<string> Pages() => [.. Directory.EnumerateFiles(Folder(), "*.md").Select(f => Path.GetFileName(f)).Where(f => Examples(f).Count > 0)];

    [Theory]
    [MemberData(nameof(Pages))]
    public async Task Each_is_taken(string page)
    {
        foreach (var example in Examples(page))
        {
            var (status, said) = await RunAsync(Prelude + example);

            Assert.True(status == 0, $"{example}\n{said}");
        }
    }

    [Fact]
    public async Task A_refusal_is_noticed()
    {
        var (status, said) = await RunAsync(Prelude + "curl -s localhost:8000/api/v1/users/0 -H \"Authorization: Bearer $TOKEN\"");

        Assert.NotEqual(0, status);
        Assert.Contains("user_not_found", said, StringComparison.Ordinal);
    }

    private static string Folder() => Path.Combine(ProtocolPage.Root(), "docs", "rest");

    private static List<string> Examples(string page) =>
        [.. Block().Matches(File.ReadAllText(Path.Combine(Folder(), page))).Select(m => m.Groups[1].Value)];

    private async Task<(int Status, string Said)> RunAsync(string script)
    {
        var folder = Directory.CreateTempSubdirectory("fiko-examples-");
        using var shell = Process.Start(new ProcessStartInfo("bash")
        {
            ArgumentList = { "-c", script.Replace("localhost:8000", server.Address.Authority, StringComparison.Ordinal) },
            WorkingDirectory = folder.FullName,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        var said = await Task.WhenAll(
            shell.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken), shell.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken));
        await shell.WaitForExitAsync(TestContext.Current.CancellationToken);
        folder.Delete(recursive: true);
        return (shell.ExitCode, string.Concat(said));
    }

    [GeneratedRegex("^```bash\n(.*?)^```", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex Block();

    public sealed class Demo : FikoServer
    {
        public Demo() => Settings["Demo:Enabled"] = "true";
    }
}
