using System.Globalization;
using System.Text.Json;

namespace Fiko.Infrastructure.Channels;

/// <summary>Looks into JSON whose shape nobody promises: what is missing or of another kind is simply not there.</summary>
internal static class JsonLook
{
    public static JsonElement? Object(this JsonElement parent, string name) => parent.Find(name, JsonValueKind.Object);

    public static JsonElement? Array(this JsonElement parent, string name) => parent.Find(name, JsonValueKind.Array);

    public static string? Text(this JsonElement parent, string name) => parent.Find(name, JsonValueKind.String)?.GetString();

    /// <summary>The digits of an integer as they were sent, whatever its size; null where they do not fit a 64-bit number.</summary>
    public static string? Integer(this JsonElement parent, string name) =>
        parent.Find(name, JsonValueKind.Number) is { } number && number.TryGetInt64(out var value) ? value.ToString(CultureInfo.InvariantCulture) : null;

    public static double? Number(this JsonElement parent, string name) =>
        parent.Find(name, JsonValueKind.Number) is { } number && number.TryGetDouble(out var value) && double.IsFinite(value) ? value : null;

    public static bool IsTrue(this JsonElement parent, string name) => parent.Find(name, JsonValueKind.True) is not null;

    public static bool Has(this JsonElement parent, string name) =>
        parent.ValueKind is JsonValueKind.Object && parent.TryGetProperty(name, out _);

    private static JsonElement? Find(this JsonElement parent, string name, JsonValueKind kind) =>
        parent.ValueKind is JsonValueKind.Object && parent.TryGetProperty(name, out var value) && value.ValueKind == kind ? value : null;
}
