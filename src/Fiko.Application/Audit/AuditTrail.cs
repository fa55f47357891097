using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using Fiko.Application.Shared;
using Fiko.Domain.Agents;

namespace Fiko.Application.Audit;

/// <summary>Adds to the audit what a command is about to commit. Commands by a caller are noted by <see cref="AuditBehavior{TRequest,TResult}"/>.</summary>
internal sealed class AuditTrail(IFikoDb db, RequestOrigin origin, TimeProvider time)
{
    private static readonly JsonSerializerOptions Facts = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.SnakeCaseLower) },
    };

    /// <summary>Written by the caller's next save, in its transaction.</summary>
    public void Add(Caller by, AuditNote note) => db.AuditEntries.Add(new AuditEntry
    {
        WorkspaceId = by.WorkspaceId,
        AgentId = by.AgentId,
        AgentName = by.Name,
        Action = note.Action,
        Target = note.Target,
        Facts = note.Facts is { Count: > 0 } facts ? JsonSerializer.Serialize(facts, Facts) : null,
        At = time.Now(),
        Address = origin.From.Address,
        UserAgent = origin.From.UserAgent,
        SessionId = by.SessionId,
    });

    /// <summary>What an agent does to their own account, before there is a caller or after there was one.</summary>
    public void Add(Agent agent, long? sessionId, string action, IReadOnlyDictionary<string, object?>? facts = null) =>
        Add(new Caller(agent.Id, agent.WorkspaceId, agent.DisplayName, agent.Role, sessionId), new AuditNote(action, $"user_{agent.Id}", facts));
}
