using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;

namespace Fiko.FunctionalTests.Hosting;

/// <summary>A call over REST, and what came back as it came.</summary>
public static class Rest
{
    public static async Task<RestAnswer> CallAsync(
        this HttpClient http, HttpMethod method, string path, object? body = null, string? token = null, (string Name, string Value)? header = null)
    {
        using var request = new HttpRequestMessage(method, path);
        if (body is not null)
        {
            request.Content = body as HttpContent ?? JsonContent.Create(body);
        }

        if (token is not null)
        {
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        }

        if (header is { } one)
        {
            request.Headers.TryAddWithoutValidation(one.Name, one.Value);
        }

        using var answer = await http.SendAsync(request);
        return new RestAnswer(answer.StatusCode, await answer.Content.ReadAsStringAsync());
    }
}

public sealed record RestAnswer(HttpStatusCode Status, string Text)
{
    public JsonElement Json => JsonDocument.Parse(Text).RootElement;
}
