using System.Text;
using Fiko.Domain.Shared;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.Net.Http.Headers;

namespace Fiko.WebApi.Api;

/// <summary>A body in a charset that nobody knows is 415 (rest.md, Errors). The framework would take it for a failure of the server.</summary>
internal static class BodyCharset
{
    public static void UseBodyCharset(this IApplicationBuilder app) => app.Use((http, next) =>
        http.GetEndpoint()?.Metadata.GetMetadata<IAcceptsMetadata>() is not null
        && MediaTypeHeaderValue.TryParse(http.Request.ContentType, out var type)
        && !IsKnown(type)
            ? throw new RuleBrokenException("unsupported_media_type", "The charset of the body is unknown; send UTF-8")
            : next(http));

    private static bool IsKnown(MediaTypeHeaderValue type)
    {
        try
        {
            return !type.Charset.HasValue || type.Encoding is not null || Encoding.GetEncoding(type.Charset.ToString().Trim('"')) is not null;
        }
        catch (ArgumentException)
        {
            return false;
        }
    }
}
