using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;
using Fiko.Application.Resources;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace Fiko.WebApi.Contract;

/// <summary>Shapes as the wire has them: what is always there, what may be null, and in the words of the code's own comments.</summary>
internal sealed class SchemaConventions(RequestTypes requests) : IOpenApiSchemaTransformer
{
    // What the framework marks where a schema stands in another one by its name.
    private const string SchemaId = "x-schema-id";
    private const string ReferenceDescription = "x-ref-description";

    public async Task TransformAsync(OpenApiSchema schema, OpenApiSchemaTransformerContext context, CancellationToken cancellationToken)
    {
        var (type, field) = (context.JsonTypeInfo.Type, context.JsonPropertyInfo);
        if (SchemaNames.IsOptional(type))
        {
            await OpenAsync(schema, context, type.GetGenericArguments()[0], cancellationToken);
        }

        if (field?.Attribute<JsonFormsAttribute>() is { } forms)
        {
            schema.Type = forms.Types.Aggregate(JsonSchemaType.Null, (all, name) => all | Enum.Parse<JsonSchemaType>(name, ignoreCase: true));
        }

        // Numbers are also read from texts, which no client should know: it would have to wonder at each of them.
        if (schema.Type is { } kinds && kinds.HasFlag(JsonSchemaType.String) && (kinds & (JsonSchemaType.Integer | JsonSchemaType.Number)) != 0 && field?.Attribute<JsonFormsAttribute>() is null)
        {
            schema.Type = kinds & ~JsonSchemaType.String;
        }

        if (schema.Type is { } number && (number & (JsonSchemaType.Integer | JsonSchemaType.Number)) != 0)
        {
            schema.Pattern = null;
        }

        if (schema.Enum is { Count: > 0 } && schema.Type is null)
        {
            schema.Type = Nullable.GetUnderlyingType(type) is null ? JsonSchemaType.String : JsonSchemaType.String | JsonSchemaType.Null;
        }

        if (Nullable.GetUnderlyingType(type) is var value && (value ?? type) == typeof(DateTimeOffset))
        {
            schema.Type = value is null ? JsonSchemaType.String : JsonSchemaType.String | JsonSchemaType.Null;
        }

        if (SchemaNames.IsOptional(type) ? HasNamesOfItsOwn(type.GetGenericArguments()[0]) : HasNamesOfItsOwn(type))
        {
            schema.AdditionalProperties = new OpenApiSchema();
        }

        if (field?.Attribute<NamesOfAttribute>() is { } closed)
        {
            (schema.Enum, schema.Type) = ([.. closed.Names.Select(name => (JsonNode)name)], JsonSchemaType.String);
        }

        if (context.JsonTypeInfo.Kind is JsonTypeInfoKind.Object)
        {
            Complete(schema, context.JsonTypeInfo);
        }
    }

    // Facts of events, and the fields that a workspace invents: any name, and whatever stands there.
    private static bool HasNamesOfItsOwn(Type type) => type.IsAssignableTo(typeof(IEnumerable<KeyValuePair<string, JsonElement>>));

    private void Complete(OpenApiSchema schema, JsonTypeInfo info)
    {
        schema.Description ??= DocComments.Of(info.Type);
        var sent = requests.Contains(info.Type);
        schema.Required = info.Properties
            .Where(f => sent ? f.IsDemanded() : f.IsAlwaysWritten())
            .Select(f => f.Name)
            .ToHashSet();
        foreach (var field in info.Properties)
        {
            if (schema.Properties is not { } all || !all.TryGetValue(field.Name, out var found) || found is not OpenApiSchema shown)
            {
                continue;
            }

            if (field.IsNeverNull(sent))
            {
                shown.Type &= ~JsonSchemaType.Null;
                all[field.Name] = shown = shown is { OneOf: [OpenApiSchema { Type: JsonSchemaType.Null }, OpenApiSchema body] } ? body : shown;
            }

            if (field.Member() is { } member && DocComments.Of(member) is { } said)
            {
                Describe(shown, said);
            }
        }
    }

    private static void Describe(OpenApiSchema field, string said)
    {
        if (field.Metadata is { } marks && marks.TryGetValue(SchemaId, out var id) && id is string { Length: > 0 })
        {
            marks[ReferenceDescription] = said;
        }
        else
        {
            field.Description = said;
        }
    }

    // Left out or there, it looks like what is in it.
    private static async Task OpenAsync(OpenApiSchema schema, OpenApiSchemaTransformerContext context, Type inside, CancellationToken ct)
    {
        var inner = await context.GetOrCreateSchemaAsync(inside, null, ct);
        (schema.Type, schema.Format, schema.Enum, schema.Items) = (inner.Type, inner.Format, inner.Enum, inner.Items);
        (schema.Properties, schema.AdditionalProperties, schema.AnyOf, schema.OneOf) = (inner.Properties, inner.AdditionalProperties, inner.AnyOf, inner.OneOf);
        (schema.Pattern, schema.Required) = (inner.Pattern, inner.Required);
        if (context.JsonPropertyInfo?.MayBeNullInside() is true)
        {
            schema.Type |= JsonSchemaType.Null;
        }
    }
}
