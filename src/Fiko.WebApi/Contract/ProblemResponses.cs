using System.Text.Json.Nodes;
using Fiko.Application.Conversations;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace Fiko.WebApi.Contract;

/// <summary>The refusals of REST in the document: one shape, and one answer for each status (rest.md, Errors).</summary>
internal static class ProblemResponses
{
    public const string MediaType = "application/problem+json";

    private const string Shape = "Problem";

    private static readonly (int Status, string Name, string Description)[] All =
    [
        (400, "BadRequest", "Something in the request is wrong; `errors` names the fields."),
        (401, "Unauthenticated", "The token is missing, has expired, or its session was ended."),
        (403, "Forbidden", "Your role does not allow this."),
        (404, "NotFound", "There is none, or it is another workspace's: the two can't be told apart."),
        (409, "Conflict", "It is not in a state in which this can be done, or somebody else was faster."),
        (410, "Gone", "It was there, and will not come back."),
        (412, "PreconditionFailed", "Somebody else has changed it since the version that `If-Match` names."),
        (413, "TooLarge", "The body is too large."),
        (415, "UnsupportedMediaType", "This type of body is not taken here."),
        (422, "Refused", "The platform said no; `title` has its reason."),
        (429, "TooManyRequests", "Come back after the seconds that `Retry-After` names."),
        (500, "InternalError", "Nobody foresaw this; `trace_id` finds it in the log."),
    ];

    public static OpenApiResponseReference Of(int status, OpenApiDocument document) =>
        new(All.FirstOrDefault(p => p.Status == status).Name ?? throw new InvalidOperationException($"What does {status} mean? Say so in {nameof(ProblemResponses)}."), document);

    /// <summary>What a refusal says beside its code, by the name of the fact; which code comes with which is in its description.</summary>
    public static async Task AddToAsync(OpenApiDocument document, OpenApiDocumentTransformerContext context, CancellationToken ct)
    {
        var shape = ShapeOf();
        var assigned = await context.GetOrCreateSchemaAsync(typeof(AssignedUser), null, ct);
        assigned.Description = "Of `already_assigned`: who has the conversation. Of `conversation_moved`: who has answered.";
        shape.Properties!["assigned_to"] = assigned;
        shape.Properties["answered_by"] = assigned;
        shape.Properties["last_seq"] = new OpenApiSchema { Type = JsonSchemaType.Integer, Description = "Of `conversation_moved`: the newest message." };
        shape.Properties["variable"] = Text("Of a canned reply's text: the variable that there is none of.");
        document.AddComponent(Shape, shape);
        foreach (var (status, name, description) in All)
        {
            document.AddComponent(name, new OpenApiResponse
            {
                Description = description,
                Headers = status is 429 or 409 ? new Dictionary<string, IOpenApiHeader> { ["Retry-After"] = RetryAfter } : null,
                Content = new Dictionary<string, OpenApiMediaType>
                {
                    [MediaType] = new OpenApiMediaType { Schema = new OpenApiSchemaReference(Shape, document) },
                },
            });
        }
    }

    private static OpenApiHeader RetryAfter => new()
    {
        Description = "Seconds; where waiting helps.",
        Schema = new OpenApiSchema { Type = JsonSchemaType.Integer },
    };

    private static OpenApiSchema ShapeOf() => new()
    {
        Type = JsonSchemaType.Object,
        Description = "A refusal (RFC 9457). Some codes come with further members.",
        Required = new HashSet<string> { "title", "status", "code", "trace_id" },
        Properties = new Dictionary<string, IOpenApiSchema>
        {
            ["type"] = Text("A page on the status."),
            ["title"] = Text("What went wrong, in English."),
            ["status"] = new OpenApiSchema { Type = JsonSchemaType.Integer, Description = "The status of the answer." },
            ["detail"] = Text("More of it, where there is more to say."),
            ["code"] = CodeOf(),
            ["trace_id"] = Text("Finds the log entry."),
            ["merged_into"] = new OpenApiSchema { Type = JsonSchemaType.Integer, Description = "The customer who this one turned out to be; where it was merged." },
            ["errors"] = new OpenApiSchema
            {
                Type = JsonSchemaType.Object,
                Description = "What is wrong with each field, by its name as you wrote it; where fields are at fault.",
                AdditionalProperties = new OpenApiSchema { Type = JsonSchemaType.Array, Items = new OpenApiSchema { Type = JsonSchemaType.String } },
            },
        },
    };

    private static OpenApiSchema CodeOf()
    {
        var code = Text("The key for programs. There may be new ones, and with them comes their status.", JsonValue.Create("invalid_field"));
        code.Extensions = new Dictionary<string, IOpenApiExtension>
        {
            ["x-extensible-enum"] = new JsonNodeExtension(new JsonArray([.. ProblemCodes.All.Select(c => JsonValue.Create(c))])),
        };
        return code;
    }

    private static OpenApiSchema Text(string description, JsonNode? example = null) =>
        new() { Type = JsonSchemaType.String, Description = description, Examples = example is null ? null : [example] };
}
