using System.Text.Json;
using Fiko.Domain.Shared;

namespace Fiko.Domain.Customers;

/// <summary>The fields that a workspace invents for its customers: short names, and a text, a number, true or false for each.</summary>
public static class CustomerAttributes
{
    public const int Most = 50;
    public const int LongestKey = 64;
    public const int LongestValue = 1000;

    private const int LongestNumber = 64;

    public static IReadOnlyDictionary<string, JsonElement> None { get; } = new Dictionary<string, JsonElement>();

    /// <summary>The attributes after a merge patch (RFC 7396): null takes one away.</summary>
    /// <exception cref="RuleBrokenException">A name or a value is none, or there would be too many.</exception>
    public static IReadOnlyDictionary<string, JsonElement> Patch(
        IReadOnlyDictionary<string, JsonElement> attributes, IReadOnlyDictionary<string, JsonElement> patch)
    {
        // What was there keeps its place, and what is new comes after it.
        var patched = attributes.Keys.Union(patch.Keys)
            .Select(name => (Name: name, Value: patch.TryGetValue(name, out var value) ? value : attributes[name], IsNew: patch.ContainsKey(name)))
            .Where(a => a.Value.ValueKind is not JsonValueKind.Null)
            .ToDictionary(a => a.Name, a => a.IsNew ? Checked(a.Name, a.Value) : a.Value);
        return patched.Count <= Most ? patched : throw Invalid("attributes", $"there can be at most {Most}");
    }

    public static bool AreSame(IReadOnlyDictionary<string, JsonElement> one, IReadOnlyDictionary<string, JsonElement> other) =>
        one.Count == other.Count && one.All(a => other.TryGetValue(a.Key, out var value) && JsonElement.DeepEquals(a.Value, value));

    private static JsonElement Checked(string name, JsonElement value)
    {
        if (name.Length is 0 or > LongestKey || name.Trim().Length != name.Length || name.Any(char.IsControl))
        {
            throw Invalid("attributes", $"a name has 1 to {LongestKey} characters, without blanks around it");
        }

        var field = $"attributes.{name}";
        return value.ValueKind switch
        {
            JsonValueKind.True or JsonValueKind.False => value,
            JsonValueKind.Number when value.GetRawText().Length <= LongestNumber => value,
            JsonValueKind.String when TextOf(value) is { Length: <= LongestValue } => value,
            JsonValueKind.String => throw Invalid(field, $"a text has at most {LongestValue} characters"),
            _ => throw Invalid(field, "it must be a text, a number, true or false"),
        };
    }

    // Half of a surrogate pair is JSON, and no text.
    private static string? TextOf(JsonElement value)
    {
        try
        {
            return value.GetString();
        }
        catch (InvalidOperationException)
        {
            return null;
        }
    }

    private static RuleBrokenException Invalid(string field, string reason) => new("invalid_field", $"Invalid value for field '{field}': {reason}", field);
}
