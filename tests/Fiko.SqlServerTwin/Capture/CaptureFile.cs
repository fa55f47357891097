using System.Reflection;
using System.Text.Json;
using Fiko.Infrastructure.Persistence;

namespace Fiko.SqlServerTwin.Capture;

/// <summary>What a suite leaves behind for the suite that checks it.</summary>
/// <param name="Stamp">The builds that it speaks of: what others have sent says nothing about these.</param>
public sealed record CaptureFile(string Stamp, IReadOnlyCollection<SentCommand> Commands, IReadOnlyCollection<string> Senders, IReadOnlyCollection<string> Failures)
{
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true, Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>A deterministic build gives an assembly the same id for the same source.</summary>
    public static string StampOf(Guid suite) =>
        string.Join(' ', new[] { suite }.Concat(new[] { typeof(FikoDbContext).Assembly, typeof(Application.ApplicationServices).Assembly, typeof(CaptureFile).Assembly }
            .Select(a => a.ManifestModule.ModuleVersionId)));

    public static string PathOf(string suite) => Path.Combine(Repository(), "artifacts", "sqlserver", $"{suite}.json");

    public static CaptureFile? Read(string suite) =>
        File.Exists(PathOf(suite)) ? JsonSerializer.Deserialize<CaptureFile>(File.ReadAllText(PathOf(suite)), Indented) : null;

    /// <summary>Several runs of one build say together what it sends.</summary>
    public static void Write(Assembly suite, CommandLog log)
    {
        var name = suite.GetName().Name!;
        var now = new CaptureFile(StampOf(suite.ManifestModule.ModuleVersionId), log.Commands, log.Senders, log.Failures);
        var all = Read(name) is { } before && before.Stamp == now.Stamp ? now.And(before) : now;
        Directory.CreateDirectory(Path.GetDirectoryName(PathOf(name))!);
        var whole = $"{PathOf(name)}.{Environment.ProcessId}";
        File.WriteAllText(whole, JsonSerializer.Serialize(all, Indented));
        File.Move(whole, PathOf(name), overwrite: true);
    }

    private CaptureFile And(CaptureFile other) =>
        new(Stamp, [.. Commands.Union(other.Commands)], [.. Senders.Union(other.Senders).Order(StringComparer.Ordinal)], [.. Failures.Union(other.Failures)]);

    private static string Repository()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "Fiko.sln")))
        {
            folder = folder.Parent;
        }

        return folder?.FullName ?? throw new InvalidOperationException("Run from within the repository");
    }
}
