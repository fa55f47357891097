using Microsoft.OpenApi;

namespace Fiko.WebApi.Contract;

/// <summary>What may stand for the token of an endpoint that is open to those without one. An empty name: nothing at all.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class ProvenByAttribute(params string[] schemes) : Attribute
{
    public string[] Schemes { get; } = schemes;
}

/// <summary>Refusals that the conventions don't know of.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class RefusesAttribute(params int[] statuses) : Attribute
{
    public int[] Statuses { get; } = statuses;
}

/// <summary>Reads a header of the request, which no parameter shows.</summary>
[AttributeUsage(AttributeTargets.Method, AllowMultiple = true)]
internal sealed class TakesHeaderAttribute(string name) : Attribute
{
    public string Name { get; } = name;
}

/// <summary>Reads a part of a multipart body as a stream, which no parameter shows.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class TakesFileAttribute(string part) : Attribute
{
    public OpenApiRequestBody Body() => new()
    {
        Required = true,
        Content = new Dictionary<string, OpenApiMediaType>
        {
            ["multipart/form-data"] = new()
            {
                Schema = new OpenApiSchema
                {
                    Type = JsonSchemaType.Object,
                    Required = new HashSet<string> { part },
                    Properties = new Dictionary<string, IOpenApiSchema> { [part] = new OpenApiSchema { Type = JsonSchemaType.String, Format = "binary" } },
                },
            },
        },
    };
}

/// <summary>Streams bytes or a text, which no type of result shows.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class StreamsAttribute(string mediaType) : Attribute
{
    /// <summary>Whether parts of it may be asked for, and only what is new.</summary>
    public bool HasRanges { get; init; }

    public void AddTo(OpenApiOperation operation)
    {
        operation.Responses ??= [];
        operation.Responses["200"] = new OpenApiResponse { Description = "All of it.", Content = Content() };
        if (HasRanges)
        {
            operation.Responses["206"] = new OpenApiResponse { Description = "The part that was asked for.", Content = Content() };
            operation.Responses["304"] = new OpenApiResponse { Description = "You have it already." };
            operation.Responses["416"] = new OpenApiResponse { Description = "It has no such part." };
        }
    }

    private Dictionary<string, OpenApiMediaType> Content() => new()
    {
        // A character set is said by the answer itself.
        [mediaType.Split(';')[0]] = new OpenApiMediaType
        {
            Schema = mediaType.StartsWith("text/", StringComparison.Ordinal) ? new OpenApiSchema { Type = JsonSchemaType.String } : new OpenApiSchema(),
        },
    };
}
