using System.Text.Json;

namespace Fiko.FunctionalTests.Documentation;

/// <summary>Whether two frames look alike: the same names in the same order, and values of the same kinds. A null is like anything.</summary>
internal static class Shape
{
    /// <returns>Where they differ; empty where they don't.</returns>
    public static IReadOnlyList<string> Differences(JsonElement sample, JsonElement real, string at = "$")
    {
        if (sample.ValueKind is JsonValueKind.Null || real.ValueKind is JsonValueKind.Null)
        {
            return [];
        }

        if (Kind(sample) != Kind(real))
        {
            return [$"{at} is {Kind(sample)} in the sample and {Kind(real)} in the frame"];
        }

        return sample.ValueKind switch
        {
            JsonValueKind.Object => OfObjects(sample, real, at),
            JsonValueKind.Array when sample.GetArrayLength() > 0 => real.GetArrayLength() > 0
                ? Differences(sample[0], real[0], $"{at}[0]")
                : [$"{at} is empty in the frame"],
            _ => [],
        };
    }

    private static IReadOnlyList<string> OfObjects(JsonElement sample, JsonElement real, string at)
    {
        var (wanted, found) = (Names(sample), Names(real));
        return wanted == found
            ? [.. sample.EnumerateObject().SelectMany(p => Differences(p.Value, real.GetProperty(p.Name), $"{at}.{p.Name}"))]
            : [$"{at} has '{wanted}' in the sample and '{found}' in the frame"];
    }

    private static string Names(JsonElement value) => string.Join(' ', value.EnumerateObject().Select(p => p.Name));

    // A time is a kind of text of its own: a page that shows seconds where milliseconds come is wrong.
    private static string Kind(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.True or JsonValueKind.False => "a boolean",
        JsonValueKind.String when value.GetString() is { Length: 24 } text && text[^1] == 'Z' && value.TryGetDateTimeOffset(out _) => "a time",
        JsonValueKind.String => "a text",
        var other => other.ToString(),
    };
}
