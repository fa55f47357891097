using System.Globalization;
using System.Text.Json;

namespace Fiko.LoadTests.Fuzz;

/// <summary>A published document (OpenAPI or AsyncAPI), from which good values are made.</summary>
internal sealed class FuzzSchemas(JsonElement root)
{
    private static readonly string[] Contents = ["Hello", "سلام، حالتون چطوره؟", "a < b & c", "👍", " x ", "line\nline", "https://example.com/?q=1"];

    public JsonElement Root => root;

    /// <summary>The frames that a socket takes, by name.</summary>
    public IReadOnlyDictionary<string, JsonElement> Frames(string socket) =>
        root.GetProperty("components").GetProperty("messages").EnumerateObject()
            .Where(m => m.Name.StartsWith($"{socket}_takes_", StringComparison.Ordinal))
            .ToDictionary(m => m.Value.GetProperty("name").GetString()!, m => m.Value.GetProperty("payload"));

    /// <summary>The operations: method, path, and what each takes.</summary>
    public IReadOnlyList<(string Method, string Path, JsonElement Operation)> Operations { get; } =
        root.TryGetProperty("paths", out var paths)
            ? [.. paths.EnumerateObject().SelectMany(p => p.Value.EnumerateObject().Select(o => (o.Name.ToUpperInvariant(), p.Name, o.Value)))]
            : [];

    public JsonElement Resolve(JsonElement schema)
    {
        while (schema.TryGetProperty("$ref", out var at))
        {
            schema = at.GetString()!.Split('/').Skip(1).Aggregate(root, (e, name) => e.GetProperty(name));
        }

        return schema;
    }

    public FuzzNode Make(JsonElement schema, string name, FuzzWorld world, FuzzChance chance)
    {
        schema = Resolve(schema);
        foreach (var choice in new[] { "oneOf", "anyOf" })
        {
            if (schema.TryGetProperty(choice, out var forms))
            {
                return Make(chance.Pick(forms.EnumerateArray().OrderBy(f => IsNull(f)).ToList()), name, world, chance);
            }
        }

        if (schema.TryGetProperty("const", out var only))
        {
            return FuzzNode.Of(only);
        }

        if (schema.TryGetProperty("enum", out var some))
        {
            return FuzzNode.Of(chance.Pick(some.EnumerateArray().ToList()));
        }

        var type = schema.TryGetProperty("type", out var types)
            ? types.ValueKind is JsonValueKind.Array ? chance.Pick(types.EnumerateArray().Select(t => t.GetString()!).Where(t => t != "null" || chance.OneIn(3)).DefaultIfEmpty("null").ToList()) : types.GetString()
            : "string";
        return type switch
        {
            "object" => MakeObject(schema, world, chance),
            "array" => FuzzNode.Array(Enumerable.Range(0, chance.Below(4)).Select(_ => Make(schema.TryGetProperty("items", out var of) ? of : default, Single(name), world, chance)).ToList()),
            "integer" or "number" => FuzzNode.Raw(Number(name, world, chance)),
            "boolean" => FuzzNode.Raw(chance.OneIn(2) ? "true" : "false"),
            "null" => FuzzNode.Raw("null"),
            _ => FuzzNode.Text(Text(name, world, chance)),
        };
    }

    /// <summary>What a string of that name would be.</summary>
    public static string Text(string name, FuzzWorld world, FuzzChance chance) => name switch
    {
        "message_id" or "reply_to" or "up_to" or "message" => world.Id("msg", chance),
        "conversation_id" or "conversation_ids" or "conversations" or "target" => world.Id("conv", chance),
        "attachment" or "attachments" => world.Id("att", chance),
        "cursor" or "after" or "before" or "page" => world.Id("cursor", chance),
        "client_id" or "external_id" or "Idempotency-Key" => $"c{chance.Below(2000)}",
        "token" => world.Token(chance),
        "content" or "text" => chance.Pick(Contents) + (chance.OneIn(2) ? chance.Word() : ""),
        "email" => $"{chance.Word()}@fiko.test",
        "url" => "http://127.0.0.1:9/nowhere",
        "status" => chance.Pick(["active", "pending", "closed"]),
        "source" => chance.Pick(["api", "telegram", "instagram"]),
        "from" or "to" or "created_from" or "created_to" or "last_activity_from" or "last_activity_to" => chance.Pick(["2024-01-01", "2026-11-23T00:00:00Z", "2026-01-01T10:00:00.000+03:30", "0001-01-01"]),
        "timezone" => chance.Pick(["UTC", "Asia/Tehran", "Europe/Berlin"]),
        "sort" => chance.Pick(["created_at", "-created_at", "last_activity", "-last_activity", "name"]),
        "assigned_to" => chance.Pick(["me", "none", "1"]),
        "emoji" => chance.Pick(["👍", "❤️", "🔥", "x"]),
        _ => chance.OneIn(3) ? chance.Pick(Contents) : chance.Word(),
    };

    private FuzzNode MakeObject(JsonElement schema, FuzzWorld world, FuzzChance chance)
    {
        var required = schema.TryGetProperty("required", out var names) ? names.EnumerateArray().Select(n => n.GetString()!).ToHashSet() : [];
        return schema.TryGetProperty("properties", out var properties)
            ? FuzzNode.Object(properties.EnumerateObject().Where(p => required.Contains(p.Name) || chance.OneIn(2)).Select(p => (p.Name, Make(p.Value, p.Name, world, chance))).ToList())
            : FuzzNode.Object([(chance.Word(), FuzzNode.Text(chance.Word()))]);
    }

    private static string Number(string name, FuzzWorld world, FuzzChance chance) => name switch
    {
        "limit" or "wait" => $"{chance.Between(1, 5)}",
        "priority" => $"{chance.Between(1, 4)}",
        _ when world.Id("id", chance) is var id && long.TryParse(id, CultureInfo.InvariantCulture, out _) => id,
        _ => $"{chance.Below(100)}",
    };

    private static string Single(string name) => name.TrimEnd('s');

    private static bool IsNull(JsonElement schema) => schema.TryGetProperty("type", out var type) && type.ValueKind is JsonValueKind.String && type.GetString() == "null";
}
