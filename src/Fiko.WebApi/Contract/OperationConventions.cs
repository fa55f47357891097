using Fiko.Application.Resources;
using Fiko.Infrastructure.Realtime;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.AspNetCore.Mvc.ApiExplorer;
using Microsoft.AspNetCore.Mvc.ModelBinding;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace Fiko.WebApi.Contract;

/// <summary>What every operation has, so that an endpoint says only what is its own: a name, who may call it, versions, refusals.</summary>
internal sealed class OperationConventions : IOpenApiOperationTransformer
{
    public Task TransformAsync(OpenApiOperation operation, OpenApiOperationTransformerContext context, CancellationToken cancellationToken)
    {
        var (endpoint, document) = (context.Description, context.Document!);
        var metadata = endpoint.ActionDescriptor.EndpointMetadata;
        operation.OperationId = metadata.OfType<IEndpointNameMetadata>().LastOrDefault()?.EndpointName
            ?? OperationNames.Of(endpoint.HttpMethod!, endpoint.RelativePath!);
        operation.Summary ??= OperationNames.Sentence(operation.OperationId);
        operation.Tags = new HashSet<OpenApiTagReference> { new(TagOf(endpoint, metadata), document) };
        operation.Security = Schemes(metadata) is [] ? null : [.. Schemes(metadata).Select(s => Requirement(s, document))];
        LeaveOutProofs(operation, metadata);
        ShowBodies(operation, endpoint, metadata);
        ShowVersions(operation, endpoint);
        ShowHeaders(operation, metadata);
        NameRefusals(operation, endpoint, metadata, document);
        ParameterWords.AddTo(operation);
        return Task.CompletedTask;
    }

    private static string TagOf(ApiDescription endpoint, IList<object> metadata) =>
        metadata.OfType<ITagsMetadata>().LastOrDefault()?.Tags is [var first, ..] ? first : OperationNames.Sentence(endpoint.RelativePath!.Split('/')[2]);

    // An empty name stands for nobody at all.
    private static string[] Schemes(IList<object> metadata) =>
        metadata.OfType<ProvenByAttribute>().LastOrDefault() is { } other ? other.Schemes
        : metadata.OfType<IAuthorizeData>().Any() && !metadata.OfType<IAllowAnonymous>().Any() ? [SecuritySchemes.Bearer]
        : [];

    private static OpenApiSecurityRequirement Requirement(string scheme, OpenApiDocument document) =>
        scheme.Length == 0 ? [] : new OpenApiSecurityRequirement { [new OpenApiSecuritySchemeReference(scheme, document)] = [] };

    // What shows who calls is said once, as that.
    private static void LeaveOutProofs(OpenApiOperation operation, IList<object> metadata)
    {
        foreach (var proof in operation.Parameters?.Where(p => p.In is ParameterLocation.Query && Schemes(metadata).Contains(p.Name)).ToList() ?? [])
        {
            operation.Parameters!.Remove(proof);
        }
    }

    private static void ShowBodies(OpenApiOperation operation, ApiDescription endpoint, IList<object> metadata)
    {
        if (metadata.OfType<TakesFileAttribute>().FirstOrDefault() is { } file)
        {
            operation.RequestBody = file.Body();
        }

        if (operation.RequestBody is OpenApiRequestBody body && endpoint.ParameterDescriptions.FirstOrDefault(p => p.Source == BindingSource.Body) is { } sent)
        {
            body.Required |= Wire.Options.GetTypeInfo(sent.Type).Properties.Any(f => f.IsDemanded());
        }

        // "Or null" of a body that may be missing: it may be missing, and that is all.
        foreach (var content in operation.RequestBody?.Content?.Values ?? [])
        {
            if (content.Schema is OpenApiSchema { OneOf: [OpenApiSchema { Type: JsonSchemaType.Null }, var shape] })
            {
                content.Schema = shape;
            }
        }

        if (metadata.OfType<StreamsAttribute>().FirstOrDefault() is { } streams)
        {
            streams.AddTo(operation);
        }
    }

    private static void ShowVersions(OpenApiOperation operation, ApiDescription endpoint)
    {
        foreach (var answer in endpoint.SupportedResponseTypes.Where(IsVersioned))
        {
            if (operation.Responses!.TryGetValue($"{answer.StatusCode}", out var found) && found is OpenApiResponse shown)
            {
                shown.Headers ??= new Dictionary<string, IOpenApiHeader>();
                shown.Headers["ETag"] = new OpenApiHeader { Description = "The version that is shown.", Required = true, Schema = new OpenApiSchema { Type = JsonSchemaType.String } };
            }
        }
    }

    private static void ShowHeaders(OpenApiOperation operation, IList<object> metadata)
    {
        foreach (var header in metadata.OfType<TakesHeaderAttribute>())
        {
            operation.Parameters ??= [];
            operation.Parameters.Add(new OpenApiParameter { Name = header.Name, In = ParameterLocation.Header, Schema = new OpenApiSchema { Type = JsonSchemaType.String } });
        }
    }

    private static bool IsVersioned(ApiResponseType answer) => answer.Type?.IsAssignableTo(typeof(IVersioned)) is true;

    private static void NameRefusals(OpenApiOperation operation, ApiDescription endpoint, IList<object> metadata, OpenApiDocument document)
    {
        var hasBody = endpoint.ParameterDescriptions.Any(p => p.Source == BindingSource.Body) || metadata.OfType<TakesFileAttribute>().Any();
        var changes = endpoint.HttpMethod is not ("GET" or "HEAD");
        var known = Schemes(metadata).Length > 0 && !metadata.OfType<ProvenByAttribute>().Any();
        var namesRows = endpoint.RelativePath!.Contains('{', StringComparison.Ordinal) || (hasBody && known);
        int[] refusals =
        [
            400, 500,
            .. operation.Responses!.Keys.Select(k => int.TryParse(k, out var status) ? status : 0).Where(s => s >= 400 && s != StatusCodes.Status416RangeNotSatisfiable),
            .. metadata.OfType<RefusesAttribute>().SelectMany(r => r.Statuses),
            .. known ? new[] { 401, 403 } : [],
            .. namesRows ? new[] { 404 } : [],
            .. changes && known ? new[] { 409 } : [],
            .. operation.Parameters?.Any(p => p.Name == "If-Match") is true ? new[] { 412 } : [],
            .. hasBody ? new[] { 413, 415 } : [],
        ];
        foreach (var status in refusals.Distinct())
        {
            operation.Responses[$"{status}"] = ProblemResponses.Of(status, document);
        }

        var inOrder = new OpenApiResponses();
        foreach (var (status, answer) in operation.Responses.OrderBy(r => r.Key, StringComparer.Ordinal))
        {
            inOrder[status] = answer;
        }

        operation.Responses = inOrder;
    }
}
