using System.Reflection;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace Fiko.WebApi.Contract;

/// <summary>What the OpenAPI document says of all of REST.</summary>
internal sealed class DocumentConventions : IOpenApiDocumentTransformer
{
    /// <summary>Of the whole server: the first number changes when a client would have to.</summary>
    public static string Version { get; } = typeof(DocumentConventions).Assembly.GetName().Version is { } v ? $"{v.Major}.{v.Minor}.{v.Build}" : "1.0.0";

    private const string Description = """
        For administrators and programs; agents live on the sockets, which `/asyncapi.json` describes.

        JSON in snake_case, times in UTC. Ignore members that you do not know: more will come.

        **Lists** come in pages: pass `next_cursor` as `cursor` until it is null. A filter that a list does not have is 400, never an empty list.

        **Refusals** are `application/problem+json` with a `code` for programs. What belongs to another workspace is 404.

        **Writes**: `PATCH` is a JSON merge patch: what is left out stays. A single resource has an `ETag`; `If-Match` binds a write to it.
        """;

    public async Task TransformAsync(OpenApiDocument document, OpenApiDocumentTransformerContext context, CancellationToken cancellationToken)
    {
        document.Info = new OpenApiInfo { Title = "Fiko", Version = Version, Summary = "A support inbox over REST", Description = Description };
        document.Servers = [new OpenApiServer { Url = "/", Description = "This server" }];
        SecuritySchemes.AddTo(document);
        await ProblemResponses.AddToAsync(document, context, cancellationToken);
        var operations = document.Paths.Values.SelectMany(p => p.Operations?.Values ?? Enumerable.Empty<OpenApiOperation>()).ToList();
        var tags = operations.SelectMany(o => o.Tags ?? new HashSet<OpenApiTagReference>()).Select(t => t.Reference.Id!).Distinct().Order(StringComparer.Ordinal);
        document.Tags = tags.Select(t => new OpenApiTag { Name = t }).ToHashSet();
    }
}
