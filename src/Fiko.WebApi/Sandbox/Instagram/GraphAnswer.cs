using System.Globalization;
using System.Security.Cryptography;
using System.Text.Json.Nodes;

namespace Fiko.WebApi.Sandbox.Instagram;

/// <summary>What a Graph API call answers: an object, or `{"error":{…}}`.</summary>
internal sealed record GraphAnswer(int Status, JsonObject Body)
{
    public int? RetryAfter { get; init; }

    public static GraphAnswer Ok(JsonObject body) => new(StatusCodes.Status200OK, body);

    public static GraphAnswer Error(int code, int? subcode, string message, int status = StatusCodes.Status400BadRequest, string type = "OAuthException")
    {
        var error = new JsonObject { ["message"] = message, ["type"] = type, ["code"] = code };
        if (subcode is not null)
        {
            error["error_subcode"] = subcode;
        }

        error["fbtrace_id"] = "A" + RandomNumberGenerator.GetString("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-", 22);
        return new(status, new JsonObject { ["error"] = error });
    }

    public async Task WriteAsync(HttpResponse response, CancellationToken ct)
    {
        response.StatusCode = Status;
        if (RetryAfter is { } seconds)
        {
            response.Headers.RetryAfter = seconds.ToString(CultureInfo.InvariantCulture);
        }

        await response.WriteAsJsonAsync(Body, ct);
    }
}

/// <summary>A Graph API call that fails, in Meta's words.</summary>
internal sealed class GraphRefusal(GraphAnswer answer) : Exception
{
    public GraphAnswer Answer => answer;
}
