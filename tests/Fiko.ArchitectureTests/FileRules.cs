using System.Text.RegularExpressions;

namespace Fiko.ArchitectureTests;

/// <summary>Each rule is a function from files to offenders.</summary>
internal static partial class FileRules
{
    public const int Longest = 250;

    public const int MostShared = 8;

    public const int LongestProgram = 40;

    public static string[] LongerThan(int lines, IEnumerable<SourceFile> files) =>
        [.. files.Where(f => f.Lines.Length > lines).Select(f => $"{f.Path}: {f.Lines.Length} lines")];

    /// <summary>What everybody may use grows into a heap unless it is kept small.</summary>
    public static string[] CrowdedShared(IEnumerable<SourceFile> files) =>
        [.. files.Select(f => Path.GetDirectoryName(f.Path)!.Replace('\\', '/'))
            .Where(folder => folder.EndsWith("/Shared", StringComparison.Ordinal))
            .GroupBy(folder => folder)
            .Where(g => g.Count() > MostShared)
            .Select(g => g.Key)];

    public static string[] Litter(IEnumerable<SourceFile> files) => Find(files, LitterForm());

    /// <summary>Logs are a vocabulary: sentences with numbers, each in one place.</summary>
    public static string[] LooseLogging(IEnumerable<SourceFile> files) => Find(files, LogCall());

    public static string[] LogNumbersUsedTwice(IEnumerable<SourceFile> files) =>
        [.. files.SelectMany(f => LogNumber().Matches(f.Text).Select(m => m.Groups[1].Value)).GroupBy(n => n).Where(g => g.Count() > 1).Select(g => g.Key)];

    /// <summary>Sending on a socket is a banned symbol: whoever lifts the ban is a second writer.</summary>
    public static string[] FilesThatLiftBans(IEnumerable<SourceFile> files) => [.. files.Where(f => BanLifted().IsMatch(f.Text)).Select(f => f.Path)];

    /// <summary>Persian is for people to read; where it stands is known, so that it can be found.</summary>
    public static string[] PersianBeyond(IEnumerable<string> allowed, IEnumerable<SourceFile> files) =>
        [.. files.Where(f => !allowed.Contains(f.Path) && Persian().IsMatch(f.Text)).Select(f => f.Path)];

    /// <summary>The repository works wherever it is cloned to.</summary>
    public static string[] MachinePaths(IEnumerable<SourceFile> files) => Find(files, MachinePath());

    /// <summary>Which database it is, is known where rows are kept, and nowhere else.</summary>
    public static string[] ProviderBranches(IEnumerable<SourceFile> files) =>
        Find(files.Where(f => !f.Path.StartsWith("src/Fiko.Infrastructure/Persistence/", StringComparison.Ordinal)), Provider());

    private static string[] Find(IEnumerable<SourceFile> files, Regex form) =>
        [.. files.SelectMany(f => f.Lines.Select((line, n) => (line, n)).Where(l => form.IsMatch(l.line)).Select(l => $"{f.Path}:{l.n + 1}: {l.line.Trim()}"))];

    // A comment that ends like a statement is code that somebody did not dare to delete.
    [GeneratedRegex(@"^\s*#region|\bTO[D]O\b|^\s*//(?!/).*[;{}]\s*$")]
    private static partial Regex LitterForm();

    [GeneratedRegex(@"\.Log(Trace|Debug|Information|Warning|Error|Critical)?\(")]
    private static partial Regex LogCall();

    [GeneratedRegex(@"\[LoggerMessage\((\d+),")]
    private static partial Regex LogNumber();

    [GeneratedRegex(@"#pragma warning disable.*\bRS0030\b")]
    private static partial Regex BanLifted();

    [GeneratedRegex(@"\bIsSql(Server|ite)\b|\bSql(Server|ite)(FikoDbContext|Exception|Connection)\b|\bSql(Exception|Connection)\b|\bProviderName\b")]
    private static partial Regex Provider();

    [GeneratedRegex(@"[\u0600-\u06FF]")]
    private static partial Regex Persian();

    [GeneratedRegex(@"(?<![\w.~$}>)])/(work|tmp|home|root|Users)/[\w.]|\b[A-Z]:\\Users\\")]
    private static partial Regex MachinePath();
}
