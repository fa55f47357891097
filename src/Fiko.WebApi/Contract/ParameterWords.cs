using System.Collections.Frozen;
using System.Text.Json.Nodes;
using Microsoft.OpenApi;

namespace Fiko.WebApi.Contract;

/// <summary>What a parameter means wherever it stands.</summary>
internal static class ParameterWords
{
    private static readonly FrozenDictionary<string, string> Words = new Dictionary<string, string>
    {
        ["limit"] = "How many at most.",
        ["cursor"] = "The `next_cursor` of the page before.",
        ["include_total"] = "Whether `total` says how many match in all.",
        ["sort"] = "What to sort by; with `-` in front the other way round.",
        ["id"] = "Which one.",
        ["search"] = "Words that are all in it.",
        ["before"] = "Only what has a lower `seq`.",
        ["after"] = "Only what has a higher one.",
        ["from"] = "From when on.",
        ["to"] = "Until when.",
        ["If-Match"] = "The `ETag` that you saw: a version that has changed since is not overwritten (412).",
        ["Idempotency-Key"] = "Your key of this call: the same key gets the same answer, and nothing happens twice.",
    }.ToFrozenDictionary();

    public static void AddTo(OpenApiOperation operation)
    {
        foreach (var parameter in operation.Parameters?.OfType<OpenApiParameter>() ?? [])
        {
            parameter.Description ??= Words.GetValueOrDefault(parameter.Name!);
            if (parameter is { Name: "limit", In: ParameterLocation.Query, Schema: OpenApiSchema schema })
            {
                schema.Minimum ??= "1";
                schema.Default ??= operation.Parameters!.Any(p => p.Name == "cursor") ? JsonValue.Create(50) : null;
            }
        }
    }
}
