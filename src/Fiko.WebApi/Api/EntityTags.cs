using Fiko.Application.Resources;
using Fiko.Domain.Shared;
using Microsoft.Net.Http.Headers;

namespace Fiko.WebApi.Api;

/// <summary>Versions of resources on the wire: <c>ETag</c> out, <c>If-Match</c> in (rest.md, Writes; RFC 9110, section 13.1.1).</summary>
internal static class EntityTags
{
    /// <summary>Every answer that is a single resource says which version it shows.</summary>
    public static async ValueTask<object?> ShowAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        var result = await next(context);
        var shown = result switch
        {
            INestedHttpResult { Result: IValueHttpResult { Value: IVersioned one } } => one,
            IValueHttpResult { Value: IVersioned one } => one,
            _ => result as IVersioned,
        };
        if (shown is not null)
        {
            context.HttpContext.Response.Headers.ETag = $"\"{shown.Version}\"";
        }

        return result;
    }

    /// <returns>The version that the client saw; null where it does not care (no header, or <c>*</c>).</returns>
    /// <exception cref="RuleBrokenException">The header names no version that we ever gave: nothing can match it (412).</exception>
    public static int? IfMatch(this HttpContext http)
    {
        var tags = http.Request.GetTypedHeaders().IfMatch;
        if (http.Request.Headers.IfMatch.Count == 0 || tags is [{ } any] && any.Equals(EntityTagHeaderValue.Any))
        {
            return null;
        }

        return tags is [{ IsWeak: false } tag] && int.TryParse(tag.Tag.AsSpan().Trim('"'), out var version)
            ? version
            : throw new RuleBrokenException("precondition_failed", "If-Match must be one ETag that this server gave");
    }
}
