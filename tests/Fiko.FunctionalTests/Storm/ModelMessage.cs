using System.Text.Json;
using Fiko.FunctionalTests.Hosting;

namespace Fiko.FunctionalTests.Storm;

/// <summary>What must be there of one message in the end, kept as plainly as can be.</summary>
internal sealed class ModelMessage
{
    /// <summary>All that the platform calls it.</summary>
    public List<string> PlatformIds { get; } = [];

    public required string Author { get; init; }

    public required string Kind { get; init; }

    public required string Content { get; set; }

    public string? Caption { get; set; }

    public List<string> Files { get; } = [];

    public string? Reaction { get; set; }

    public bool IsEdited { get; set; }

    public bool IsDeleted { get; set; }

    public override string ToString() => IsDeleted
        ? $"{Author}, taken back"
        : Describe(Author, Kind, Content, Caption, IsEdited, Reaction, Files.Select(f => $"{f} ready"));

    /// <summary>The same words for a message as the server shows it.</summary>
    public static string Describe(JsonElement message) => message.At("deleted_at").ValueKind is not JsonValueKind.Null
        ? message.Text("content") is "" ? $"{message.Text("type")}, taken back" : "taken back, with its words left"
        : Describe(
            message.Text("type")!,
            message.Text("kind")!,
            message.Text("content")!,
            message.Text("caption"),
            message.At("edited_at").ValueKind is not JsonValueKind.Null,
            message.At("reactions").EnumerateArray().Where(r => r.Text("by") is "customer").Select(r => r.Text("emoji")).SingleOrDefault(),
            message.At("attachments").EnumerateArray().Select(a => $"{a.Text("kind")} {a.Text("status")}"));

    private static string Describe(string author, string kind, string content, string? caption, bool edited, string? reaction, IEnumerable<string> files) =>
        $"{author}, {kind}: \"{content}\" (\"{caption}\"){(edited ? ", edited" : "")}, reaction {reaction ?? "none"}, files [{string.Join(", ", files)}]";
}
