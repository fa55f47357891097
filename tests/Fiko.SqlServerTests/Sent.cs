using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;
using Fiko.SqlServerTests.Compiling;
using Fiko.SqlServerTests.Replaying;
using Fiko.SqlServerTests.Rules;
using Fiko.SqlServerTwin.Capture;
using Fiko.Tests;

[assembly: AssemblyFixture(typeof(Fiko.SqlServerTests.Sent))]
[assembly: AssemblyFixture(typeof(MigrationScripts))]

namespace Fiko.SqlServerTests;

/// <summary>What the suites on SQLite would have sent to SQL Server. It must be of this very build.</summary>
public sealed class Sent
{
    private static readonly string[] Suites = ["Fiko.IntegrationTests", "Fiko.FunctionalTests"];

    private readonly Lazy<IReadOnlyList<CaptureFile>> _captures = new(() => [.. Suites.Select(Read)]);

    public IReadOnlyList<SentCommand> Commands => [.. _captures.Value.SelectMany(c => c.Commands).Distinct().OrderBy(c => c.Sql, StringComparer.Ordinal)];

    public IReadOnlySet<string> Senders => _captures.Value.SelectMany(c => c.Senders).ToHashSet();

    public IEnumerable<string> Failures => _captures.Value.SelectMany(c => c.Failures).Distinct();

    /// <summary>What the compiler or the rules have against each of them.</summary>
    internal static IReadOnlyList<string>[] Problems(string schema, IReadOnlyList<Body> commands)
    {
        var compiled = Compiler.Check(schema, commands);
        var rules = new CommandRules(Tables.Of(schema));
        return [.. commands.Select((command, n) => (IReadOnlyList<string>)[.. compiled[n], .. rules.Check(command)])];
    }

    private static CaptureFile Read(string suite)
    {
        // The suites then ask the server itself, and have no twin.
        Assert.SkipWhen(NamedSqlServer.IsNamed, $"{NamedSqlServer.Variable} is set: the suites run on a real server.");
        var what = $"Run the suites first: dotnet test on the solution, or dotnet test {string.Join(" and ", Suites.Select(s => $"tests/{s}"))}.";
        var capture = CaptureFile.Read(suite);
        Assert.True(capture is not null, $"{suite} has left nothing to check. {what}");
        Assert.True(capture.Stamp == CaptureFile.StampOf(IdOf(suite)), $"What {suite} has left is of another build. {what}");
        return capture;
    }

    // The suite's own assembly lies where its build put it: beside this one's.
    internal static Guid IdOf(string suite)
    {
        var here = new DirectoryInfo(AppContext.BaseDirectory);
        var path = Path.Combine(here.FullName.Replace("Fiko.SqlServerTests", suite, StringComparison.Ordinal), $"{suite}.dll");
        Assert.True(File.Exists(path), $"{suite} is not built. Build the solution.");
        using var file = new PEReader(File.OpenRead(path));
        var metadata = file.GetMetadataReader();
        return metadata.GetGuid(metadata.GetModuleDefinition().Mvid);
    }
}
