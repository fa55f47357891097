using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Fiko.WebApi.Sandbox.Telegram;

/// <summary>The parameters of a Bot API call, whether they came as query, form or JSON; the body wins.</summary>
// As on Telegram's server each is a text; what is more than a text is JSON in a text.
internal sealed class BotParameters(Dictionary<string, string> values, IFormFileCollection? files = null)
{
    // core.telegram.org/bots/api#sending-files: how a parameter names a file of the same request.
    private const string Attached = "attach://";

    public string? Text(string name) => values.GetValueOrDefault(name);

    public bool Flag(string name) => Text(name) is "true" or "True" or "1";

    public long Number(string name, long otherwise = 0) =>
        long.TryParse(Text(name), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) ? number : otherwise;

    public JsonObject? Object(string name) => Json(name) as JsonObject;

    /// <summary>Null where it was not given: for Telegram that is another thing than an empty list.</summary>
    public string[]? List(string name) =>
        Json(name) is JsonArray list ? [.. list.Where(i => i?.GetValueKind() is JsonValueKind.String).Select(i => i!.GetValue<string>())] : null;

    public JsonArray? Array(string name) => Json(name) as JsonArray;

    /// <summary>The file that was posted under a name, or that a value of the form attach:// names.</summary>
    public IFormFile? File(string nameOrValue) =>
        files?.GetFile(nameOrValue.StartsWith(Attached, StringComparison.Ordinal) ? nameOrValue[Attached.Length..] : nameOrValue);

    public static async Task<BotParameters> ReadAsync(HttpRequest request, CancellationToken ct)
    {
        var values = request.Query.ToDictionary(p => p.Key, p => p.Value.ToString());
        if (request.HasFormContentType)
        {
            var form = await ReadFormAsync(request, ct);
            foreach (var (name, value) in form)
            {
                values[name] = value.ToString();
            }

            return new(values, form.Files);
        }

        if (request.HasJsonContentType())
        {
            await AddJsonAsync(request, values, ct);
        }

        return new(values);
    }

    private static async Task<IFormCollection> ReadFormAsync(HttpRequest request, CancellationToken ct)
    {
        try
        {
            return await request.ReadFormAsync(ct);
        }
        catch (BadHttpRequestException problem) when (problem.StatusCode is StatusCodes.Status413PayloadTooLarge)
        {
            throw new BotRefusal(problem.StatusCode, "Request Entity Too Large");
        }
        catch (InvalidDataException)
        {
            throw BotRefusal.BadRequest("can't parse the form");
        }
    }

    private static async Task AddJsonAsync(HttpRequest request, Dictionary<string, string> values, CancellationToken ct)
    {
        try
        {
            using var body = await JsonDocument.ParseAsync(request.Body, cancellationToken: ct);
            foreach (var property in body.RootElement.EnumerateObject())
            {
                values[property.Name] = property.Value.ToString();
            }
        }
        catch (Exception problem) when (problem is JsonException or InvalidOperationException)
        {
            throw BotRefusal.BadRequest("can't parse JSON object");
        }
    }

    private JsonNode? Json(string name)
    {
        try
        {
            return Text(name) is { Length: > 0 } text ? JsonNode.Parse(text) : null;
        }
        catch (JsonException)
        {
            throw BotRefusal.BadRequest($"can't parse {name} JSON object");
        }
    }
}
