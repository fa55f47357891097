using System.Text.Json.Serialization;
using Fiko.Application.Conversations;

namespace Fiko.Application.Realtime;

/// <summary>A refusal (protocol.md, section 4). It answers one frame and leaves the socket as it was.</summary>
/// <param name="Error">The stable English text.</param>
/// <param name="Message">What a person reads.</param>
/// <param name="Code">The key for programs.</param>
/// <param name="RequestType">The type of the frame it answers, if that could be read.</param>
/// <param name="ClientId">The client_id of that frame, if it had one.</param>
/// <param name="Field">The field at fault, where there is one.</param>
/// <param name="TraceId">Only of internal errors: finds the log entry.</param>
/// <param name="Timestamp">When it was refused.</param>
[SentTo(TopicKind.Inbox | TopicKind.Chat)]
public sealed record ErrorFrame(
    string Error,
    string Message,
    string Code,
    string? RequestType,
    string? ClientId,
    string? Field,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? TraceId,
    DateTimeOffset Timestamp) : ServerFrame("error")
{
    /// <summary>Only of already_assigned: who has the conversation.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public AssignedUser? AssignedTo { get; init; }

    /// <summary>Only of conversation_moved: who has answered; left out where that was nobody of the workspace, but the platform's own app.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public AssignedUser? AnsweredBy { get; init; }

    /// <summary>Only of conversation_moved: the newest message.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public long? LastSeq { get; init; }
}
