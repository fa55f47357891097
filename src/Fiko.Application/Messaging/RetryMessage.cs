using Fiko.Application.Audit;
using Fiko.Application.Realtime;
using Fiko.Application.Shared;
using Fiko.Domain.Conversations;
using FluentValidation;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace Fiko.Application.Messaging;

/// <summary>An agent decides that a failed or uncertain message is tried again. Everybody sees it pending, and then what became of it.</summary>
public sealed record RetryMessage(Caller By, ConversationId Conversation, string? Message) : ICommand<ServerFrame?>, IAudited<ServerFrame?>
{
    public AuditNote? Audit(ServerFrame? result) => new("message.retried", Message!);
}

internal sealed class RetryMessageValidator : AbstractValidator<RetryMessage>
{
    public RetryMessageValidator() => RuleFor(m => m.Message).Must(id => MessageId.TryParse(id, out _)).AsInvalidField("message_id");
}

internal sealed class RetryMessageHandler(IFikoDb db, TimeProvider time) : IRequestHandler<RetryMessage, ServerFrame?>
{
    public async Task<ServerFrame?> Handle(RetryMessage retry, CancellationToken ct)
    {
        _ = MessageId.TryParse(retry.Message, out var id);
        var conversation = await db.Conversations.GetAsync(retry.Conversation, retry.By, ct);
        var message = await db.Messages.Include(m => m.Deliveries).Visible()
            .SingleOrDefaultAsync(m => m.Id == id.Value && m.ConversationId == conversation.Id && m.Author == MessageAuthor.Support, ct)
            ?? throw Access.MessageNotFound("message_id");

        conversation.Retry(message, time.Now());
        await db.SaveChangesAsync(ct);
        return null;
    }
}
