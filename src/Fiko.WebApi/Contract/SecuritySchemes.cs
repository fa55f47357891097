using Microsoft.OpenApi;

namespace Fiko.WebApi.Contract;

/// <summary>The ways to show who calls.</summary>
internal static class SecuritySchemes
{
    public const string Bearer = "bearer";
    public const string ChannelKey = "channel_key";
    public const string Signature = "signature";

    public static void AddTo(OpenApiDocument document)
    {
        document.AddComponent<IOpenApiSecurityScheme>(Bearer, new OpenApiSecurityScheme
        {
            Type = SecuritySchemeType.Http,
            Scheme = "bearer",
            BearerFormat = "JWT",
            Description = "The `access_token` of `POST /api/v1/auth/login`.",
        });
        document.AddComponent<IOpenApiSecurityScheme>(ChannelKey, new OpenApiSecurityScheme
        {
            Type = SecuritySchemeType.ApiKey,
            In = ParameterLocation.Header,
            Name = "X-Fiko-Channel-Key",
            Description = "The key of a channel of your own, shown once when it was made.",
        });
        document.AddComponent<IOpenApiSecurityScheme>(Signature, new OpenApiSecurityScheme
        {
            Type = SecuritySchemeType.ApiKey,
            In = ParameterLocation.Query,
            Name = "signature",
            Description = "Part of a link that this server made. It ends.",
        });
    }
}
