using System.Text.Json;
using System.Text.Json.Nodes;

namespace Fiko.WebApi.Sandbox.Telegram.Media;

/// <summary>What a customer says of what they send; each kind reads what is its own.</summary>
internal sealed record MediaBody : PersonBody
{
    public string? Caption { get; init; }

    public int? ReplyTo { get; init; }

    public bool Forward { get; init; }

    public string? FileName { get; init; }

    public string? MimeType { get; init; }

    /// <summary>Told instead of the real one.</summary>
    public long? FileSize { get; init; }

    /// <summary>Of a sticker: regular, animated or video.</summary>
    public string? Format { get; init; }

    public string? Emoji { get; init; }

    /// <summary>Of an album without files: how many, and of which kind.</summary>
    public int? Count { get; init; }

    public string? Kind { get; init; }

    public double? Latitude { get; init; }

    public double? Longitude { get; init; }

    public string? Title { get; init; }

    public string? Address { get; init; }

    public string? PhoneNumber { get; init; }

    public string? Question { get; init; }

    public string[]? Options { get; init; }

    public int? Value { get; init; }

    public string? Payload { get; init; }
}

/// <summary>JSON, or a form of the same fields with files.</summary>
internal sealed record MediaRequest(MediaBody Body, IReadOnlyList<IFormFile> Files)
{
    public static async Task<MediaRequest> ReadAsync(HttpRequest request, CancellationToken ct)
    {
        // Plain curl says of JSON that it is a form, but never that it has parts.
        if (request.ContentType?.StartsWith("multipart/", StringComparison.OrdinalIgnoreCase) is not true)
        {
            return new(await SandboxJson.ReadAsync<MediaBody>(request, ct), []);
        }

        try
        {
            var form = await request.ReadFormAsync(ct);
            var fields = new JsonObject(form.Select(f => KeyValuePair.Create(f.Key, ValueOf(f.Key, f.Value.ToArray()))));
            return new(fields.Deserialize<MediaBody>(SandboxJson.Options)!, [.. form.Files]);
        }
        catch (Exception problem) when (problem is JsonException or InvalidDataException or BadHttpRequestException)
        {
            throw new SandboxRefusal(StatusCodes.Status400BadRequest, $"The form does not read as documented: {problem.Message}");
        }
    }

    public static async Task<byte[]> BytesAsync(IFormFile file, CancellationToken ct)
    {
        var bytes = new byte[file.Length];
        await using var content = file.OpenReadStream();
        await content.ReadExactlyAsync(bytes, ct);
        return bytes;
    }

    private static JsonNode? ValueOf(string name, string?[] values) => name switch
    {
        "forward" => values is ["true" or "1"],
        "options" => new JsonArray([.. values.Select(v => JsonValue.Create(v))]),
        _ => values.FirstOrDefault(),
    };
}
