using Fiko.Application.Audit;
using Fiko.Application.Realtime;
using Fiko.Application.Shared;
using Fiko.Domain.Conversations;
using MediatR;

namespace Fiko.Application.Conversations;

/// <summary>An agent takes a conversation that nobody has. Of many at once one wins, and the others hear who.</summary>
public sealed record ClaimConversation(Caller By, ConversationId Conversation) : ICommand<ServerFrame?>, IAudited<ServerFrame?>
{
    public AuditNote? Audit(ServerFrame? result) => result is null ? new AuditNote("conversation.claimed", Conversation.ToString()) : null;
}

internal sealed class ClaimConversationHandler(ConversationDesk desk) : IRequestHandler<ClaimConversation, ServerFrame?>
{
    public Task<ServerFrame?> Handle(ClaimConversation claim, CancellationToken ct) => desk.ChangeAsync(
        claim.By,
        claim.Conversation,
        "assignment",
        async conversation =>
        {
            if (!conversation.TryClaim(claim.By.AgentId))
            {
                throw await desk.TakenAsync(conversation.AssignedTo, ct);
            }
        },
        ct);
}

/// <summary>An agent gives their conversation back; an administrator, anybody's.</summary>
public sealed record ReleaseConversation(Caller By, ConversationId Conversation) : ICommand<ServerFrame?>, IAudited<ServerFrame?>
{
    public AuditNote? Audit(ServerFrame? result) => result is null ? new AuditNote("conversation.released", Conversation.ToString()) : null;
}

internal sealed class ReleaseConversationHandler(ConversationDesk desk) : IRequestHandler<ReleaseConversation, ServerFrame?>
{
    public Task<ServerFrame?> Handle(ReleaseConversation release, CancellationToken ct) => desk.ChangeAsync(
        release.By,
        release.Conversation,
        "assignment",
        conversation =>
        {
            conversation.Release(release.By.AgentId, release.By.MayAdminister);
            return Task.CompletedTask;
        },
        ct);
}
