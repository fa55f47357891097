using System.Collections.Concurrent;
using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace Fiko.FunctionalTests.Hosting;

/// <summary>
/// The schemas of one document, taken at their word: objects have no members but the written ones, and a keyword that this does
/// not know is no schema at all. So nothing passes because nobody looked.
/// </summary>
public sealed class SchemaCheck(JsonElement document)
{
    private const string Time = "yyyy-MM-dd'T'HH:mm:ss.fff'Z'";

    private static readonly HashSet<string> Words =
        ["description", "title", "summary", "examples", "default", "deprecated", "type", "properties", "required", "items", "enum", "const", "format",
        "anyOf", "oneOf", "$ref", "additionalProperties", "pattern", "minimum", "maximum", "minLength", "maxLength", "maxItems", "minItems", "x-extensible-enum"];

    private readonly ConcurrentDictionary<string, JsonElement> _named = new();

    /// <returns>What is wrong, each with its place; empty where nothing is.</returns>
    public IReadOnlyList<string> Differences(JsonElement value, JsonElement schema)
    {
        var found = new List<string>();
        Check(value, schema, "$", found);
        return found;
    }

    /// <summary>What a reference stands for; anything else stands for itself.</summary>
    public JsonElement Resolve(JsonElement node)
    {
        while (node.TryGetProperty("$ref", out var to))
        {
            node = _named.GetOrAdd(to.GetString()!, name => name.TrimStart('#', '/').Split('/').Aggregate(document, (at, step) => at.GetProperty(step)));
        }

        return node;
    }

    private void Check(JsonElement value, JsonElement schema, string at, List<string> found)
    {
        schema = Resolve(schema);
        foreach (var word in schema.EnumerateObject())
        {
            if (!Words.Contains(word.Name))
            {
                throw new NotSupportedException($"The keyword '{word.Name}' is not checked; teach it to {nameof(SchemaCheck)}.");
            }
        }

        if (schema.TryGetProperty("anyOf", out var choices) || schema.TryGetProperty("oneOf", out choices))
        {
            CheckChoices(value, choices, at, found);
        }

        if (schema.TryGetProperty("type", out var type) && !Types(type).Contains(KindOf(value)) && !(KindOf(value) == "integer" && Types(type).Contains("number")))
        {
            found.Add($"{at} is {KindOf(value)}, not {type.GetRawText()}");
            return;
        }

        if (schema.TryGetProperty("const", out var constant) && !JsonElement.DeepEquals(constant, value))
        {
            found.Add($"{at} is {value.GetRawText()}, not {constant.GetRawText()}");
        }

        if ((schema.TryGetProperty("enum", out var values) || schema.TryGetProperty("x-extensible-enum", out values))
            && !values.EnumerateArray().Any(v => JsonElement.DeepEquals(v, value)))
        {
            found.Add($"{at} is {value.GetRawText()}, which is none of {values.GetRawText()}");
        }

        switch (value.ValueKind)
        {
            case JsonValueKind.Object:
                CheckObject(value, schema, at, found);
                break;
            case JsonValueKind.Array:
                CheckArray(value, schema, at, found);
                break;
            case JsonValueKind.String:
                CheckText(value.GetString()!, schema, at, found);
                break;
        }
    }

    private void CheckChoices(JsonElement value, JsonElement choices, string at, List<string> found)
    {
        var tries = choices.EnumerateArray().Select(choice =>
        {
            var wrong = new List<string>();
            Check(value, choice, at, wrong);
            return wrong;
        }).ToList();
        if (tries.TrueForAll(wrong => wrong.Count > 0))
        {
            found.AddRange(tries.MaxBy(wrong => wrong.Max(w => w.Length))!);
        }
    }

    private void CheckObject(JsonElement value, JsonElement schema, string at, List<string> found)
    {
        foreach (var name in schema.TryGetProperty("required", out var required) ? required.EnumerateArray().Select(r => r.GetString()!) : [])
        {
            if (!value.TryGetProperty(name, out _))
            {
                found.Add($"{at}.{name} is missing");
            }
        }

        var isDescribed = schema.TryGetProperty("properties", out var properties);
        foreach (var member in value.EnumerateObject())
        {
            if (isDescribed && properties.TryGetProperty(member.Name, out var known))
            {
                Check(member.Value, known, $"{at}.{member.Name}", found);
            }
            else if (!isDescribed && schema.TryGetProperty("additionalProperties", out var any))
            {
                Check(member.Value, any, $"{at}.{member.Name}", found);
            }
            else if (isDescribed || schema.EnumerateObject().Any(w => w.Name == "type"))
            {
                found.Add($"{at}.{member.Name} is not documented");
            }
        }
    }

    private void CheckArray(JsonElement value, JsonElement schema, string at, List<string> found)
    {
        if (!schema.TryGetProperty("items", out var items))
        {
            return;
        }

        var index = 0;
        foreach (var item in value.EnumerateArray())
        {
            Check(item, items, $"{at}[{index++}]", found);
        }
    }

    private static void CheckText(string text, JsonElement schema, string at, List<string> found)
    {
        if (schema.TryGetProperty("format", out var format) && format.GetString() is "date-time"
            && !DateTimeOffset.TryParseExact(text, Time, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out _))
        {
            found.Add($"{at} is \"{text}\", no time of the wire");
        }

        if (schema.TryGetProperty("pattern", out var pattern) && !Regex.IsMatch(text, pattern.GetString()!, RegexOptions.None, TimeSpan.FromSeconds(1)))
        {
            found.Add($"{at} is \"{text}\", which is not {pattern.GetString()}");
        }
    }

    private static List<string> Types(JsonElement type) =>
        type.ValueKind is JsonValueKind.String ? [type.GetString()!] : [.. type.EnumerateArray().Select(t => t.GetString()!)];

    private static string KindOf(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Object => "object",
        JsonValueKind.Array => "array",
        JsonValueKind.String => "string",
        JsonValueKind.Number => value.GetRawText().AsSpan().ContainsAny(".eE") ? "number" : "integer",
        JsonValueKind.True or JsonValueKind.False => "boolean",
        _ => "null",
    };
}
