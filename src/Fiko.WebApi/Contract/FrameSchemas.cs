using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Schema;
using System.Text.Json.Serialization.Metadata;
using Fiko.Infrastructure.Realtime;

namespace Fiko.WebApi.Contract;

/// <summary>The schemas of frames, made by the serializer that writes them. Shapes inside frames are kept once, by name.</summary>
internal sealed class FrameSchemas
{
    private readonly JsonSchemaExporterOptions _exporting;

    // What the shape that is being made belongs to: of a client's frame fields may be missing.
    private bool _sent;

    public FrameSchemas() => _exporting = new JsonSchemaExporterOptions { TreatNullObliviousAsNonNullable = true, TransformSchemaNode = Transform };

    /// <summary>By name, as <c>components/schemas</c> of the document.</summary>
    public SortedDictionary<string, JsonNode> Named { get; } = new(StringComparer.Ordinal);

    /// <summary>A frame that the server sends.</summary>
    public JsonObject Sent(Type frame, string wireName) => Frame(frame, wireName, sent: false);

    /// <summary>A frame that clients send.</summary>
    public JsonObject Taken(Type? body, string wireName) =>
        body is null ? new JsonObject { ["type"] = "object", ["properties"] = new JsonObject { ["type"] = Const(wireName) }, ["required"] = new JsonArray("type") }
        : Frame(body, wireName, sent: true);

    private JsonObject Frame(Type type, string wireName, bool sent)
    {
        _sent = sent;
        var schema = (JsonObject)Wire.Options.GetJsonSchemaAsNode(type, _exporting);
        var properties = new JsonObject { ["type"] = Const(wireName) };
        foreach (var (name, property) in schema["properties"]!.AsObject().Where(p => p.Key != "type").ToList())
        {
            properties[name] = property!.DeepClone();
        }

        schema["properties"] = properties;
        schema["required"] = new JsonArray([.. (schema["required"]?.AsArray() ?? []).Select(n => (string)n!).Prepend("type").Distinct().Select(n => JsonValue.Create(n))]);
        return schema;
    }

    private static JsonObject Const(string value) => new() { ["const"] = value };

    private JsonObject Transform(JsonSchemaExporterContext context, JsonNode made)
    {
        var type = Nullable.GetUnderlyingType(context.TypeInfo.Type) ?? context.TypeInfo.Type;
        if (SchemaNames.IsOptional(type))
        {
            made = Inside(type.GetGenericArguments()[0], context.PropertyInfo?.MayBeNullInside() is true);
        }

        var schema = made as JsonObject ?? [];
        if (type == typeof(DateTimeOffset))
        {
            schema = new JsonObject { ["type"] = MayBeNull(context) ? new JsonArray("string", "null") : "string", ["format"] = "date-time" };
        }
        else if (context.PropertyInfo?.Attribute<JsonFormsAttribute>() is { } forms)
        {
            schema = new JsonObject { ["type"] = new JsonArray([.. forms.Types.Append("null").Select(t => JsonValue.Create(t))]) };
        }
        else if (type.IsEnum && !schema.ContainsKey("type"))
        {
            schema.Insert(0, "type", MayBeNull(context) ? new JsonArray("string", "null") : "string");
        }
        else if (type == typeof(long) || type == typeof(int))
        {
            schema["format"] = type == typeof(long) ? "int64" : "int32";
        }

        if (context.TypeInfo.Kind is JsonTypeInfoKind.Object)
        {
            schema = Complete(schema, context);
        }

        if (context.PropertyInfo?.IsNeverNull(_sent) is true && schema["type"] is JsonArray kinds)
        {
            schema["type"] = kinds.Select(k => (string)k!).First(k => k != "null");
        }

        if (context.PropertyInfo?.Member() is { } member && DocComments.Of(member) is { } said)
        {
            schema["description"] = said;
        }

        return schema;
    }

    private JsonObject Complete(JsonObject schema, JsonSchemaExporterContext context)
    {
        var info = context.TypeInfo;
        schema["required"] = new JsonArray([.. info.Properties.Where(f => _sent ? f.IsDemanded() : f.IsAlwaysWritten()).Select(f => JsonValue.Create(f.Name))]);
        if (schema["required"]!.AsArray().Count == 0)
        {
            schema.Remove("required");
        }

        if (DocComments.Of(info.Type) is { } said)
        {
            schema["description"] = said;
        }

        if (context.Path.Length == 0)
        {
            return schema;
        }

        var name = SchemaNames.Of(info.Type);
        schema["type"] = "object";
        Named[name] = schema;
        var reference = new JsonObject { ["$ref"] = $"#/components/schemas/{name}" };
        return MayBeNull(context) ? new JsonObject { ["anyOf"] = new JsonArray(reference, new JsonObject { ["type"] = "null" }) } : reference;
    }

    private JsonObject Inside(Type type, bool mayBeNull)
    {
        var schema = (JsonObject)Wire.Options.GetJsonSchemaAsNode(type, _exporting);
        if (mayBeNull && schema["type"] is JsonValue single)
        {
            schema["type"] = new JsonArray(single.DeepClone(), "null");
        }

        return schema;
    }

    private bool MayBeNull(JsonSchemaExporterContext context) =>
        context.PropertyInfo?.IsNeverNull(_sent) is not true
        && (Nullable.GetUnderlyingType(context.TypeInfo.Type) is not null
            || (!context.TypeInfo.Type.IsValueType && (_sent ? context.PropertyInfo?.IsSetNullable : context.PropertyInfo?.IsGetNullable) is true));
}
