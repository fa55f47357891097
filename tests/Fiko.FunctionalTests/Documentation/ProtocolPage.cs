using System.Text.Json;
using System.Text.RegularExpressions;
using Fiko.Application.Realtime;

namespace Fiko.FunctionalTests.Documentation;

/// <summary>The samples of docs/protocol.md: fenced blocks that name their frame, its direction and its socket.</summary>
internal static partial class ProtocolPage
{
    public static IReadOnlyList<Sample> Samples { get; } = Read(File.ReadAllText(Path.Combine(Root(), "docs", "protocol.md")));

    public static IEnumerable<Sample> ToServer => Samples.Where(s => s.Direction == "in");

    public static IEnumerable<Sample> FromServer => Samples.Where(s => s.Direction == "out");

    /// <summary>The wire names of everything that the server can send.</summary>
    public static IReadOnlyList<string> SentTypes { get; } =
        [.. typeof(ServerFrame).Assembly.GetTypes().Where(t => t.IsSubclassOf(typeof(ServerFrame)) && !t.IsAbstract).Select(NameOf).Order(StringComparer.Ordinal)];

    public static IReadOnlyList<Sample> Read(string page) =>
        [.. Fence().Matches(page).Select(m => new Sample(m.Groups["frame"].Value, m.Groups["dir"].Value, m.Groups["socket"].Value, m.Groups["json"].Value))];

    /// <summary>The folder of the repository.</summary>
    public static string Root()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "Fiko.sln")))
        {
            folder = folder.Parent ?? throw new InvalidOperationException("Fiko.sln is not above the tests");
        }

        return folder.FullName;
    }

    // Frames are records without rules of their own, so that an empty one can be made to tell its name.
    private static string NameOf(Type frame)
    {
        var constructor = frame.GetConstructors().Single();
        var nothing = constructor.GetParameters().Select(p => p.ParameterType.IsValueType ? Activator.CreateInstance(p.ParameterType) : null);
        return ((ServerFrame)constructor.Invoke([.. nothing])).Type;
    }

    [GeneratedRegex("""^```json frame=(?<frame>\w+) dir=(?<dir>in|out) socket=(?<socket>list|chat)\n(?<json>.*?)^```""", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex Fence();
}

internal sealed record Sample(string Frame, string Direction, string Socket, string Text)
{
    public JsonElement Json => JsonDocument.Parse(Text).RootElement;
}
