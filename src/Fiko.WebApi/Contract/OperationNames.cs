using System.Text;

namespace Fiko.WebApi.Contract;

/// <summary>
/// What generated clients call an operation, read off its address: <c>GET /tags</c> is <c>listTags</c>, <c>POST /channels/{id}/check</c>
/// is <c>checkChannel</c>. Where that is no good name, the endpoint has one of its own (<c>WithName</c>).
/// </summary>
internal static class OperationNames
{
    public static string Of(string method, string path)
    {
        var segments = path.Split('/', StringSplitOptions.RemoveEmptyEntries).Skip(2).SkipWhile(s => s == "auth").ToList();
        var things = new List<string>();
        for (var i = 0; i < segments.Count; i++)
        {
            if (!IsParameter(segments[i]))
            {
                things.Add(i + 1 < segments.Count && IsParameter(segments[i + 1]) ? Singular(segments[i]) : segments[i]);
            }
        }

        var (last, ofOne) = (things[^1], IsParameter(segments[^1]));
        var isList = !ofOne && Singular(last) != last;
        if (method == HttpMethods.Post && !ofOne && !isList)
        {
            // What is no thing is done: to what stands before it, if anything does.
            return Camel([last, .. things[..^1]]);
        }

        if (method == HttpMethods.Post && isList)
        {
            things[^1] = Singular(last);
        }

        return Camel([VerbOf(method, isList), .. things]);
    }

    /// <summary>The same as a sentence, for who reads.</summary>
    public static string Sentence(string name)
    {
        var text = new StringBuilder();
        foreach (var letter in name)
        {
            _ = text.Length == 0 ? text.Append(char.ToUpperInvariant(letter))
                : char.IsUpper(letter) ? text.Append(' ').Append(char.ToLowerInvariant(letter))
                : text.Append(letter);
        }

        return text.ToString();
    }

    private static string VerbOf(string method, bool isList) => method switch
    {
        "GET" => isList ? "list" : "get",
        "POST" => "create",
        "PATCH" => "update",
        "PUT" => "set",
        _ => method.ToLowerInvariant(),
    };

    private static bool IsParameter(string segment) => segment.StartsWith('{');

    private static string Singular(string word) =>
        word.EndsWith("ies", StringComparison.Ordinal) ? $"{word[..^3]}y"
        : word.EndsWith('s') && !word.EndsWith("ss", StringComparison.Ordinal) ? word[..^1]
        : word;

    private static string Camel(IEnumerable<string> words)
    {
        var parts = words.SelectMany(w => w.Split('-', '_')).ToList();
        return string.Concat(parts.Select((w, i) => i == 0 ? w : $"{char.ToUpperInvariant(w[0])}{w[1..]}"));
    }
}
