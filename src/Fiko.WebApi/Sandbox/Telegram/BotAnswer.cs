using System.Text.Json.Nodes;

namespace Fiko.WebApi.Sandbox.Telegram;

/// <summary>What a Bot API call answers: `{"ok":true,"result":…}` or `{"ok":false,"error_code":…,"description":…}`.</summary>
internal sealed record BotAnswer(int Status, JsonObject Body, int? RetryAfter = null)
{
    public static BotAnswer Ok(JsonNode result, string? description = null)
    {
        var body = new JsonObject { ["ok"] = true, ["result"] = result };
        if (description is not null)
        {
            body["description"] = description;
        }

        return new(StatusCodes.Status200OK, body);
    }

    public static BotAnswer Error(int code, string description) =>
        new(code, new JsonObject { ["ok"] = false, ["error_code"] = code, ["description"] = description });

    public static BotAnswer TooManyRequests(int retryAfter)
    {
        var answer = Error(StatusCodes.Status429TooManyRequests, $"Too Many Requests: retry after {retryAfter}");
        answer.Body["parameters"] = new JsonObject { ["retry_after"] = retryAfter };
        return answer with { RetryAfter = retryAfter };
    }

    public async Task WriteAsync(HttpResponse response, CancellationToken ct)
    {
        response.StatusCode = Status;
        if (RetryAfter is { } seconds)
        {
            response.Headers.RetryAfter = seconds.ToString(System.Globalization.CultureInfo.InvariantCulture);
        }

        await response.WriteAsJsonAsync(Body, SandboxJson.Options, ct);
    }
}

/// <summary>A Bot API call that fails for good, in Telegram's words.</summary>
internal sealed class BotRefusal(int code, string description, long? movedTo = null) : Exception(description)
{
    public BotAnswer Answer
    {
        get
        {
            var answer = BotAnswer.Error(code, Message);
            if (movedTo is { } chat)
            {
                answer.Body["parameters"] = new JsonObject { ["migrate_to_chat_id"] = chat };
            }

            return answer;
        }
    }

    public static BotRefusal BadRequest(string reason) => new(StatusCodes.Status400BadRequest, $"Bad Request: {reason}");

    public static BotRefusal Moved(long to) => new(StatusCodes.Status400BadRequest, "Bad Request: group chat was upgraded to a supergroup chat", to);

    public static BotRefusal Blocked() => new(StatusCodes.Status403Forbidden, "Forbidden: bot was blocked by the user");
}
