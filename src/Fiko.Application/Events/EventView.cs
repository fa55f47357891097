using System.Text.Json;
using System.Text.Json.Serialization;
using Fiko.Application.Conversations;
using Fiko.Application.Messaging;
using Fiko.Application.Realtime;
using Fiko.Domain.Conversations;

namespace Fiko.Application.Events;

/// <summary>An event of the log as programs get it: one they fetch and one that a webhook brings are the same.</summary>
/// <param name="Cursor">Its place in the log.</param>
/// <param name="Type">Its name: one of <see cref="EventCatalog.Names"/>, or <c>ping</c>.</param>
/// <param name="OccurredAt">When it happened.</param>
/// <param name="ConversationId">Where; null for a ping.</param>
/// <param name="MessageId">The message that it is about; left out where it is about none.</param>
/// <param name="Facts">What else the event itself says; empty where nothing, or where the message that it is about is erased.</param>
/// <param name="Conversation">The summary as it is now; null where it is erased.</param>
/// <param name="Message">The message as it is now; null where it is erased or the event is about none.</param>
/// <param name="ExternalSendResult">What the platform said of an agent's message, as far as is known now; left out elsewhere.</param>
public sealed record EventView(
    string Cursor,
    string Type,
    DateTimeOffset OccurredAt,
    string? ConversationId,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? MessageId,
    IReadOnlyDictionary<string, JsonElement> Facts,
    ConversationView? Conversation,
    MessageView? Message,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] ExternalSendResult? ExternalSendResult)
{
    /// <summary>What a webhook's test brings.</summary>
    public const string Ping = "ping";

    internal static EventView Of(LoggedEvent row, string logStamp, PresentState now)
    {
        var message = row.MessageId is { } about ? now.Message(about) : null;
        return new EventView(
            Realtime.Cursor.Write(logStamp, row.Position),
            row.Name,
            row.OccurredAt,
            new ConversationId(row.ConversationId).ToString(),
            row.MessageId is { } id ? new MessageId(id).ToString() : null,
            row.MessageId is not null && message is null ? EventFacts.None : EventFacts.Of(row),
            now.Conversation(row.ConversationId),
            message?.View,
            message?.SendResult);
    }
}

/// <summary>An event's own small facts, as the wire names things.</summary>
internal static class EventFacts
{
    private static readonly string[] SaidAlready = ["conversation_id", "message_id"];

    private static readonly JsonSerializerOptions Wire = new()
    {
        PropertyNamingPolicy = new WireNames(),
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.SnakeCaseLower, allowIntegerValues: false) },
    };

    public static IReadOnlyDictionary<string, JsonElement> None { get; } = new Dictionary<string, JsonElement>();

    public static IReadOnlyDictionary<string, JsonElement> Of(LoggedEvent row) =>
        JsonSerializer.SerializeToElement<object>(EventCatalog.Read(row), Wire).EnumerateObject()
            .Where(fact => !SaidAlready.Contains(fact.Name))
            .ToDictionary(fact => fact.Name, fact => fact.Value);

    // An agent is a user on the wire.
    private sealed class WireNames : JsonNamingPolicy
    {
        public override string ConvertName(string name) => name is "AgentId" ? "user_id" : SnakeCaseLower.ConvertName(name);
    }
}
