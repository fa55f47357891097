using System.Text.Json;
using Fiko.WebApi.Contract;

namespace Fiko.FunctionalTests.Hosting;

/// <summary>Holds every frame that a test hears to the AsyncAPI document: its shape, and the socket on which it is heard.</summary>
public static class SocketContract
{
    public static readonly JsonElement Document = JsonSerializer.SerializeToElement(SocketsDocument.Write(new Uri("http://localhost:8000")));

    private static readonly SchemaCheck Schemas = new(Document);
    private static readonly Dictionary<string, JsonElement> List = SentOn("list");
    private static readonly Dictionary<string, JsonElement> Chat = SentOn("chat");

    /// <returns>Null where the frame is as documented.</returns>
    public static DriftException? Check(Uri address, JsonElement frame)
    {
        var (where, known) = address.AbsolutePath.StartsWith("/ws/chat", StringComparison.Ordinal) ? ("the chat", Chat) : ("the list", List);
        var type = frame.ValueKind is JsonValueKind.Object && frame.TryGetProperty("type", out var name) ? name.GetString() : null;
        if (type is null || !known.TryGetValue(type, out var schema))
        {
            return new DriftException($"No frame '{type}' is documented on {where}: {frame.GetRawText()}");
        }

        var wrong = Schemas.Differences(frame, schema);
        return wrong.Count == 0 ? null : new DriftException($"'{type}' on {where} is not as documented: {string.Join("; ", wrong)}\n{frame.GetRawText()}");
    }

    private static Dictionary<string, JsonElement> SentOn(string channel) =>
        Document.At($"operations.{channel}_sends.messages").EnumerateArray()
            .Select(m => Schemas.Resolve(m))
            .ToDictionary(m => m.Text("name")!, m => m.At("payload"));
}

/// <summary>The server and the documents that it publishes say different things: the test that heard it fails, whatever it was about.</summary>
public sealed class DriftException(string what) : Exception(what);
