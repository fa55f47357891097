using System.Net;
using System.Text.Json;

namespace Fiko.FunctionalTests.Hosting;

/// <summary>
/// Holds every answer of REST that a test gets to the OpenAPI document, and every body that was taken, too. It stands before the
/// wire, so that no call of a test goes past it.
/// </summary>
public sealed class RestContract(HttpMessageHandler wire) : DelegatingHandler(wire)
{
    /// <summary>Set on a request that is meant to be wrong and may be taken all the same: only its answer is held to the document.</summary>
    public static readonly HttpRequestOptionsKey<bool> IsNonsense = new("nonsense");

    private const string Api = "/api/v1/";

    // One document for all servers of this process: it describes the code, not what a server was started with.
    private static readonly SemaphoreSlim Reading = new(1);
    private static RestDocument? _document;

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var path = request.RequestUri!.AbsolutePath;
        var isMeant = !request.Options.TryGetValue(IsNonsense, out var nonsense) || !nonsense;
        var body = isMeant && path.StartsWith(Api, StringComparison.Ordinal) && IsJson(request.Content) ? await request.Content!.ReadAsByteArrayAsync(cancellationToken) : null;
        var answer = await base.SendAsync(request, cancellationToken);
        if (path.StartsWith(Api, StringComparison.Ordinal))
        {
            var document = await DocumentAsync(request.RequestUri, cancellationToken);
            var text = IsJson(answer.Content) ? await answer.Content.ReadAsByteArrayAsync(cancellationToken) : null;
            if (document.Differences(request.Method.Method, path, body, answer, text) is { Count: > 0 } wrong)
            {
                var shown = text is null ? "" : $"\n{System.Text.Encoding.UTF8.GetString(text)}";
                throw new DriftException($"{request.Method} {path} answered {(int)answer.StatusCode}, not as documented: {string.Join("; ", wrong)}{shown}");
            }
        }

        return answer;
    }

    private async Task<RestDocument> DocumentAsync(Uri server, CancellationToken ct)
    {
        if (_document is { } known)
        {
            return known;
        }

        await Reading.WaitAsync(ct);
        try
        {
            using var ask = new HttpRequestMessage(HttpMethod.Get, new Uri(server, "/openapi/v1.json"));
            using var answer = await base.SendAsync(ask, ct);
            return _document ??= new RestDocument(JsonDocument.Parse(await answer.Content.ReadAsByteArrayAsync(ct)).RootElement);
        }
        finally
        {
            Reading.Release();
        }
    }

    private static bool IsJson(HttpContent? content) => content?.Headers.ContentType?.MediaType is { } type && type.EndsWith("json", StringComparison.Ordinal);
}

/// <summary>The OpenAPI document, as a test asks it.</summary>
public sealed class RestDocument(JsonElement root)
{
    private readonly SchemaCheck _schemas = new(root);

    public JsonElement Root => root;

    public IReadOnlyList<string> Differences(string method, string path, byte[]? request, HttpResponseMessage answer, byte[]? text)
    {
        if (Find(path) is not { } item)
        {
            return answer.StatusCode is HttpStatusCode.NotFound ? [] : ["there is no such path"];
        }

        if (!item.TryGetProperty(method.ToLowerInvariant(), out var operation))
        {
            return method is "OPTIONS" || answer.StatusCode is HttpStatusCode.MethodNotAllowed ? [] : ["there is no such method"];
        }

        if (!operation.GetProperty("responses").TryGetProperty($"{(int)answer.StatusCode}", out var documented))
        {
            return ["no such status is documented"];
        }

        documented = _schemas.Resolve(documented);
        var wrong = new List<string>();
        if (answer.IsSuccessStatusCode && request is { Length: > 0 })
        {
            wrong.AddRange(RequestOf(request, operation).Select(w => $"the request: {w}"));
        }

        foreach (var header in documented.TryGetProperty("headers", out var headers) ? headers.EnumerateObject().ToList() : [])
        {
            if (header.Value.TryGetProperty("required", out var required) && required.GetBoolean() && !answer.Headers.NonValidated.Contains(header.Name))
            {
                wrong.Add($"the header {header.Name} is missing");
            }
        }

        if (method != "HEAD")
        {
            wrong.AddRange(BodyOf(documented, answer, text));
        }

        return wrong;
    }

    /// <summary>What is at an address: a written segment goes before a parameter.</summary>
    public JsonElement? Find(string path)
    {
        var asked = path.Trim('/').Split('/');
        return root.GetProperty("paths").EnumerateObject()
            .Where(p => Fits(p.Name.Trim('/').Split('/'), asked))
            .OrderBy(p => p.Name.Count(c => c == '{'))
            .Select(p => (JsonElement?)p.Value)
            .FirstOrDefault();
    }

    private static bool Fits(string[] known, string[] asked) =>
        known.Length == asked.Length && known.Zip(asked).All(s => s.First.StartsWith('{') || s.First.Equals(s.Second, StringComparison.OrdinalIgnoreCase));

    private IReadOnlyList<string> RequestOf(byte[] request, JsonElement operation) =>
        operation.TryGetProperty("requestBody", out var body)
            ? _schemas.Differences(JsonDocument.Parse(request).RootElement, body.GetProperty("content").GetProperty("application/json").GetProperty("schema"))
            : ["no body is documented"];

    private IReadOnlyList<string> BodyOf(JsonElement documented, HttpResponseMessage answer, byte[]? text)
    {
        var type = answer.Content.Headers.ContentType?.MediaType;
        if (!documented.TryGetProperty("content", out var content))
        {
            return type is null || answer.Content.Headers.ContentLength is null or 0 && text is null ? [] : [$"a body of {type} is not documented"];
        }

        if (type is null || !(content.TryGetProperty(type, out var shape) || content.TryGetProperty("*/*", out shape)))
        {
            return [$"a body of '{type}' is not documented"];
        }

        return text is null ? [] : _schemas.Differences(JsonDocument.Parse(text).RootElement, shape.GetProperty("schema"));
    }
}
