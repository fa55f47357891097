using Fiko.Application.Audit;
using Fiko.Application.Realtime;
using Fiko.Application.Resources;
using Fiko.Application.Shared;
using Fiko.Domain.Conversations;
using MediatR;

namespace Fiko.Application.Conversations;

/// <summary>An agent gives a conversation to an agent of the workspace, or to nobody.</summary>
/// <param name="By">Who.</param>
/// <param name="Conversation">Which.</param>
/// <param name="To">Null is a release.</param>
/// <param name="Expected">Whom the asker believes to have it; anything else is a conflict.</param>
/// <param name="IfMatch">The version that the asker saw.</param>
public sealed record AssignConversation(Caller By, ConversationId Conversation, long? To, Optional<long?> Expected = default, int? IfMatch = null)
    : ICommand<ServerFrame?>, IAudited<ServerFrame?>
{
    public AuditNote? Audit(ServerFrame? result) =>
        result is null ? new AuditNote("conversation.assigned", Conversation.ToString(), new Dictionary<string, object?> { ["user_id"] = To }) : null;
}

internal sealed class AssignConversationHandler(ConversationDesk desk) : IRequestHandler<AssignConversation, ServerFrame?>
{
    public Task<ServerFrame?> Handle(AssignConversation assign, CancellationToken ct) => desk.ChangeAsync(
        assign.By,
        assign.Conversation,
        "assignment",
        async conversation =>
        {
            if (assign.Expected.IsSet && assign.Expected.Value != conversation.AssignedTo)
            {
                throw await desk.TakenAsync(conversation.AssignedTo, ct);
            }

            await desk.AssignAsync(conversation, assign.To, assign.By, "user_id", ct);
        },
        ct,
        assign.IfMatch);
}
