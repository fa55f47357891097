using Microsoft.OpenApi;
using Scalar.AspNetCore;

namespace Fiko.WebApi.Contract;

/// <summary>The contract that machines can read, and a page to read it on (rest.md). Anonymous: it says what could be asked, not what is there.</summary>
internal static class ContractSetup
{
    public const string Name = "v1";

    private const string Api = "api/v1/";

    public static IServiceCollection AddContract(this IServiceCollection services)
    {
        services.AddOpenApi(Name, options =>
        {
            options.OpenApiVersion = OpenApiSpecVersion.OpenApi3_1;
            options.ShouldInclude = endpoint => endpoint.RelativePath?.StartsWith(Api, StringComparison.Ordinal) is true;
            options.CreateSchemaReferenceId = SchemaNames.Of;
            options.AddSchemaTransformer<SchemaConventions>();
            options.AddOperationTransformer<OperationConventions>();
            options.AddDocumentTransformer<DocumentConventions>();
        });
        services.AddSingleton<RequestTypes>();
        services.AddSingleton<ContractDocuments>();
        return services;
    }

    public static void MapContract(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/openapi/v1.json", async (ContractDocuments documents) => TypedResults.Bytes(await documents.RestAsync(), "application/json"))
            .AllowAnonymous().ExcludeFromDescription();
        routes.MapGet("/asyncapi.json", (ContractDocuments documents) => TypedResults.Bytes(documents.Sockets(), "application/json"))
            .AllowAnonymous().ExcludeFromDescription();
        routes.MapScalarApiReference("/docs", page => page
                .WithTitle("Fiko")
                .WithOpenApiRoutePattern("/openapi/{documentName}.json")
                .AddDocument(Name)
                .DisableDefaultFonts()
                .DisableTelemetry()
                .DisableAgent()
                .DisableMcp())
            .AllowAnonymous().ExcludeFromDescription();
    }
}
