using System.Text.Json;

namespace Fiko.WebApi.Sandbox.Telegram;

/// <summary>As much as can be read of an update that somebody wrote by hand, broken ones included.</summary>
internal static class RawUpdate
{
    public static (int? Id, long Chat, bool IsJson) Read(byte[] body)
    {
        try
        {
            using var update = JsonDocument.Parse(body);
            return update.RootElement.ValueKind is JsonValueKind.Object
                ? (IdOf(update.RootElement), ChatOf(update.RootElement), true)
                : (null, 0, true);
        }
        catch (JsonException)
        {
            return (null, 0, false);
        }
        catch (InvalidOperationException)
        {
            // A name with half a surrogate pair: among such nothing can be looked for.
            return (null, 0, true);
        }
    }

    private static int? IdOf(JsonElement update) =>
        update.TryGetProperty("update_id", out var field) && field.ValueKind is JsonValueKind.Number && field.TryGetInt32(out var id) ? id : null;

    private static long ChatOf(JsonElement update)
    {
        foreach (var content in update.EnumerateObject())
        {
            if (content.Value.ValueKind is JsonValueKind.Object
                && content.Value.TryGetProperty("chat", out var chat) && chat.ValueKind is JsonValueKind.Object
                && chat.TryGetProperty("id", out var field) && field.ValueKind is JsonValueKind.Number && field.TryGetInt64(out var id))
            {
                return id;
            }
        }

        return 0;
    }
}
