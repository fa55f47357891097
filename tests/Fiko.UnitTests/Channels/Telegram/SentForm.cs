namespace Fiko.UnitTests.Channels.Telegram;

/// <summary>A form as it came over the line.</summary>
internal sealed record SentForm(IReadOnlyDictionary<string, SentField> Fields)
{
    public SentField this[string name] => Fields[name];

    public static SentForm Of(string body)
    {
        var boundary = body[..body.IndexOf("\r\n", StringComparison.Ordinal)];
        return new(body.Split(boundary)[1..^1].Select(SentField.Of).ToDictionary(f => f.Name));
    }
}

internal sealed record SentField(string Name, string? FileName, string? Type, string Content)
{
    public static SentField Of(string part)
    {
        var head = part.IndexOf("\r\n\r\n", StringComparison.Ordinal);
        return new(Between(part, "; name=\"")!, Between(part, "; filename=\""), Line(part[..head], "Content-Type: "), part[(head + 4)..^2]);
    }

    private static string? Between(string part, string begin) =>
        part.IndexOf(begin, StringComparison.Ordinal) is >= 0 and var at ? part[(at + begin.Length)..part.IndexOf('"', at + begin.Length)] : null;

    private static string? Line(string head, string begin) => head.Split("\r\n").FirstOrDefault(l => l.StartsWith(begin, StringComparison.Ordinal))?[begin.Length..];
}
