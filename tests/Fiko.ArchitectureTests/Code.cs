using System.Reflection;
using System.Runtime.CompilerServices;
using Fiko.Application;
using Fiko.Domain.Shared;
using Fiko.Infrastructure;

namespace Fiko.ArchitectureTests;

/// <summary>What the rules are about: the four projects, as types and as files.</summary>
internal static class Code
{
    public static readonly Assembly Domain = typeof(AggregateRoot).Assembly;
    public static readonly Assembly Application = typeof(ApplicationServices).Assembly;
    public static readonly Assembly Infrastructure = typeof(InfrastructureServices).Assembly;
    public static readonly Assembly WebApi = typeof(Program).Assembly;

    private static readonly string[] Foreign = ["bin", "obj", ".git", "data", "node_modules", "TestResults", "artifacts", ".vs", ".idea", ".vscode"];

    public static string Root { get; } = FindRoot();

    /// <summary>Our own types; what the compiler and its generators made is not ours.</summary>
    public static Type[] Types { get; } =
        [.. new[] { Domain, Application, Infrastructure, WebApi }.SelectMany(a => a.GetTypes()).Where(IsOurs)];

    /// <summary>Every file of the repository, build results aside.</summary>
    public static SourceFile[] Files { get; } = [.. Walk(new DirectoryInfo(Root)).Select(Read)];

    /// <summary>The product's C#, without what the migrations' generator wrote.</summary>
    public static SourceFile[] Product { get; } =
        [.. Files.Where(f => f.Path.StartsWith("src/", StringComparison.Ordinal) && f.Path.EndsWith(".cs", StringComparison.Ordinal) && !f.Path.Contains("/Migrations/", StringComparison.Ordinal))];

    private static bool IsOurs(Type type) =>
        type.Namespace?.StartsWith("Fiko.", StringComparison.Ordinal) is true
        && !type.Namespace.Contains(".Migrations", StringComparison.Ordinal)
        && !type.Name.Contains('<', StringComparison.Ordinal)
        && !Attribute.IsDefined(type, typeof(CompilerGeneratedAttribute))
        && type.DeclaringType is null or { Name: not ['<', ..] };

    private static IEnumerable<FileInfo> Walk(DirectoryInfo folder) =>
        folder.EnumerateFiles().Concat(folder.EnumerateDirectories().Where(d => !Foreign.Contains(d.Name)).SelectMany(Walk));

    private static SourceFile Read(FileInfo file) =>
        new(Path.GetRelativePath(Root, file.FullName).Replace('\\', '/'), file.Extension is ".png" or ".ico" or ".db" ? "" : File.ReadAllText(file.FullName));

    private static string FindRoot()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "Fiko.sln")))
        {
            folder = folder.Parent ?? throw new InvalidOperationException("Fiko.sln is not above the tests");
        }

        return folder.FullName;
    }
}

/// <param name="Path">From the repository's root, with slashes.</param>
/// <param name="Text">As it is.</param>
internal sealed record SourceFile(string Path, string Text)
{
    public string[] Lines => Text.TrimEnd('\n').Split('\n');

    public override string ToString() => Path;
}
