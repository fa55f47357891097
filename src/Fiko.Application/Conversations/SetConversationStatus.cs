using Fiko.Application.Audit;
using Fiko.Application.Realtime;
using Fiko.Application.Shared;
using Fiko.Domain.Conversations;
using FluentValidation;
using MediatR;

namespace Fiko.Application.Conversations;

/// <summary>An agent says where a conversation stands. A customer's next message opens a closed one again.</summary>
public sealed record SetConversationStatus(Caller By, ConversationId Conversation, string? Status) : ICommand<ServerFrame?>, IAudited<ServerFrame?>
{
    public AuditNote? Audit(ServerFrame? result) =>
        result is null ? new AuditNote("conversation.status_changed", Conversation.ToString(), new Dictionary<string, object?> { ["status"] = Status }) : null;
}

internal sealed class SetConversationStatusValidator : AbstractValidator<SetConversationStatus>
{
    public SetConversationStatusValidator() =>
        RuleFor(c => c.Status).Must(s => s is not null && WireName.TryRead<ConversationStatus>(s, out _)).AsInvalidField("status");
}

internal sealed class SetConversationStatusHandler(ConversationDesk desk) : IRequestHandler<SetConversationStatus, ServerFrame?>
{
    public Task<ServerFrame?> Handle(SetConversationStatus set, CancellationToken ct)
    {
        _ = WireName.TryRead<ConversationStatus>(set.Status!, out var status);
        return desk.ChangeAsync(set.By, set.Conversation, "status", conversation => desk.ChangeStatusAsync(conversation, status, set.By, ct), ct);
    }
}
