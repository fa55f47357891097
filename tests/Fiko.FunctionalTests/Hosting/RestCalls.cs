using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;

namespace Fiko.FunctionalTests.Hosting;

/// <summary>Short ways over REST.</summary>
public static class RestCalls
{
    public static Task<HttpResponseMessage> GetAsync(this FikoServer server, string path, string? token = null) =>
        server.CallAsync(HttpMethod.Get, path, null, token);

    public static Task<HttpResponseMessage> PostAsync(this FikoServer server, string path, object body, string? token = null) =>
        server.CallAsync(HttpMethod.Post, path, JsonContent.Create(body), token);

    public static async Task<HttpResponseMessage> CallAsync(
        this FikoServer server, HttpMethod method, string path, HttpContent? body, string? token = null, params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(method, path) { Content = body };
        request.Headers.Authorization = token is null ? null : new AuthenticationHeaderValue("Bearer", token);
        foreach (var (name, value) in headers)
        {
            request.Headers.Add(name, value);
        }

        return await server.Http.SendAsync(request);
    }

    public static Task<JsonElement> JsonAsync(this HttpResponseMessage answer) => answer.Content.ReadFromJsonAsync<JsonElement>();

    /// <summary>Asserts that an answer is a problem (RFC 9457) of this kind, and returns it.</summary>
    public static async Task<JsonElement> ProblemAsync(this HttpResponseMessage answer, HttpStatusCode status, string code)
    {
        Assert.Equal(status, answer.StatusCode);
        Assert.Equal("application/problem+json", answer.Content.Headers.ContentType?.MediaType);
        var problem = await answer.JsonAsync();
        Assert.Equal(code, problem.Text("code"));
        Assert.Equal((int)status, problem.Number("status"));
        Assert.NotEmpty(problem.Text("title")!);
        Assert.NotEmpty(problem.Text("trace_id")!);
        return problem;
    }
}
