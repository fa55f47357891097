using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Unicode;

namespace Fiko.WebApi.Sandbox;

internal static class SandboxJson
{
    // Its own rules: what the platforms send must not change with the application's JSON settings.
    public static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web)
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        Encoder = JavaScriptEncoder.Create(UnicodeRanges.All),
    };

    /// <summary>An empty body is an empty object, whatever its content type, so that it can be driven with plain curl.</summary>
    public static async Task<T> ReadAsync<T>(HttpRequest request, CancellationToken ct)
        where T : class, new()
    {
        using var body = new MemoryStream();
        await request.Body.CopyToAsync(body, ct);
        if (body.Length == 0)
        {
            return new T();
        }

        try
        {
            return JsonSerializer.Deserialize<T>(body.GetBuffer().AsSpan(0, (int)body.Length), Options)
                ?? throw new SandboxRefusal(StatusCodes.Status400BadRequest, "The body is null.");
        }
        catch (JsonException problem)
        {
            throw new SandboxRefusal(StatusCodes.Status400BadRequest, $"The body does not read as JSON of the documented shape: {problem.Message}");
        }
    }
}
