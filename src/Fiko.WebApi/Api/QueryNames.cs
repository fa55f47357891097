using System.Collections.Concurrent;
using Fiko.Domain.Shared;
using Microsoft.AspNetCore.Http.Metadata;

namespace Fiko.WebApi.Api;

/// <summary>A filter that no list has is a mistake and said to be one: without this, a misspelt one would show everything (rest.md, Lists).</summary>
internal static class QueryNames
{
    private static readonly ConcurrentDictionary<Endpoint, HashSet<string>> Known = new();

    public static ValueTask<object?> MustBeKnownAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        var http = context.HttpContext;
        if (http.Request.Query.Count > 0 && http.GetEndpoint() is { } endpoint)
        {
            var known = Known.GetOrAdd(endpoint, NamesOf);
            foreach (var name in http.Request.Query.Keys)
            {
                if (!known.Contains(name))
                {
                    throw new RuleBrokenException("invalid_field", $"There is no filter '{name}'", name);
                }
            }
        }

        return next(context);
    }

    private static HashSet<string> NamesOf(Endpoint endpoint) =>
    [
        .. endpoint.Metadata.OfType<IParameterBindingMetadata>()
            .Select(p => p.ParameterInfo.GetCustomAttributes(inherit: true).OfType<IFromQueryMetadata>().FirstOrDefault()?.Name ?? p.Name),
    ];
}
