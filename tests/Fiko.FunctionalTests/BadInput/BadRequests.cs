using System.Text.Json;
using Fiko.FunctionalTests.Hosting;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Fiko.FunctionalTests.BadInput;

/// <summary>A request that nobody should send.</summary>
/// <param name="Body">JSON, or what is none; null for no body at all.</param>
internal sealed record BadRequest(HttpMethod Method, string Path, string? Body)
{
    public override string ToString() => $"{Method} {Path} {(Body is { Length: > 200 } ? Body[..200] : Body)}";
}

/// <summary>Made from the server's own routes, so that a new endpoint is tried as soon as it is there.</summary>
internal static class BadRequests
{
    private static readonly string[] Ids = ["0", "-1", "999999999999999999999", "conv_0", "conv_x", "..%2F..", "%F0%9F%98%80", new('9', 500)];

    private static readonly string[] QueryValues = ["", "x", "-1", "999999999999999999999", "%00", "%D8%B3%D9%84%D8%A7%D9%85", "0001-01-01", "9999-12-31T23:59:59Z", "'%22%25_%5B", new('a', 2000)];

    private static readonly string[] Bodies = ["", "null", "[]", "1", "\"text\"", "{", "{}", "{\"a\":}", "\u0000", new('[', 200), "{\"\\ud800\":1}"];

    private static readonly string[] Values =
        ["null", "5", "-1", "1e400", "99999999999999999999", "true", "\"\"", "\" \"", "\"\\u0000\"", "\"\\ud800\"", "[]", "[null]", "[[]]", "[1,\"a\"]", "{}", "{\"a\":{\"b\":null}}", $"\"{new string('x', 70_000)}\""];

    public static IEnumerable<BadRequest> Of(FikoServer server, string conversation, long channel) =>
        from endpoint in server.Provider.GetRequiredService<IEnumerable<EndpointDataSource>>().SelectMany(s => s.Endpoints).OfType<RouteEndpoint>()
        let pattern = endpoint.RoutePattern.RawText ?? ""
        where pattern.TrimStart('/').StartsWith("api/v1/", StringComparison.Ordinal) && !EndsSessions(pattern)
        from method in endpoint.Metadata.GetMetadata<HttpMethodMetadata>()?.HttpMethods ?? []
        let good = $"/{pattern.TrimStart('/')}".Replace("{id:long}", $"{channel}", StringComparison.Ordinal)
        from bad in OfRoute(endpoint, new HttpMethod(method), good, conversation)
        select bad;

    // Those who try them all need a session to go on.
    private static bool EndsSessions(string pattern) => pattern.Contains("auth/logout", StringComparison.Ordinal) || pattern.Contains("auth/password", StringComparison.Ordinal);

    private static IEnumerable<BadRequest> OfRoute(RouteEndpoint endpoint, HttpMethod method, string pattern, string conversation)
    {
        var body = endpoint.Metadata.GetMetadata<IAcceptsMetadata>()?.RequestType;
        var path = Fill(pattern, conversation);
        if (endpoint.RoutePattern.Parameters.Count > 0)
        {
            foreach (var id in Ids)
            {
                yield return new BadRequest(method, Fill(endpoint.RoutePattern.RawText!, id), body is null ? null : "{}");
            }
        }

        foreach (var name in QueryOf(endpoint))
        {
            foreach (var value in QueryValues)
            {
                yield return new BadRequest(method, $"{path}?{name}={value}", body is null ? null : "{}");
            }
        }

        if (body is null)
        {
            yield break;
        }

        foreach (var text in Bodies)
        {
            yield return new BadRequest(method, path, text);
        }

        foreach (var property in body.GetProperties())
        {
            foreach (var value in Values)
            {
                yield return new BadRequest(method, path, $"{{\"{JsonNamingPolicy.SnakeCaseLower.ConvertName(property.Name)}\":{value}}}");
            }
        }
    }

    private static IEnumerable<string> QueryOf(RouteEndpoint endpoint) =>
        endpoint.Metadata.OfType<IParameterBindingMetadata>()
            .Select(p => p.ParameterInfo.GetCustomAttributes(true).OfType<IFromQueryMetadata>().FirstOrDefault()?.Name)
            .OfType<string>();

    private static string Fill(string pattern, string id) => $"/{string.Join('/', pattern.Trim('/').Split('/').Select(part => part.StartsWith('{') ? id : part))}";
}
