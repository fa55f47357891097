using Fiko.Application.Audit;
using Fiko.Application.Channels;
using Fiko.Application.Realtime;
using Fiko.Application.Shared;
using Fiko.Domain.Conversations;
using FluentValidation;
using MediatR;

namespace Fiko.Application.Messaging;

/// <summary>An agent takes back a message of their own, on the platform first. A tombstone stays; everybody hears of it as message_deleted.</summary>
public sealed record DeleteMessage(Caller By, ConversationId Conversation, string? Message) : IRequest<ServerFrame?>;

internal sealed class DeleteMessageValidator : AbstractValidator<DeleteMessage>
{
    public DeleteMessageValidator() => RuleFor(m => m.Message).Must(id => MessageId.TryParse(id, out _)).AsInvalidField("message_id");
}

internal sealed class DeleteMessageHandler(SentMessages messages, IMediator mediator) : IRequestHandler<DeleteMessage, ServerFrame?>
{
    public async Task<ServerFrame?> Handle(DeleteMessage delete, CancellationToken ct)
    {
        if (await mediator.Send(new ChangeNote(delete.By, delete.Conversation, delete.Message, Content: null), ct))
        {
            return null;
        }

        var message = await messages.FindOwnAsync(delete.By, delete.Conversation, delete.Message, ct);
        if (!message.IsSent && message.Status is not MessageStatus.Failed)
        {
            throw SentMessages.Refused("nobody knows yet whether it was sent");
        }

        await messages.ChangeAsync<IChangesMessages>(
            message, "this platform can't take a message back", (channel, account, part) => channel.DeleteAsync(account, part, ct));
        await mediator.Send(new RecordDeletion(delete.By, message.Id), CancellationToken.None);
        return null;
    }
}

/// <summary>The platform shows it no more; now nobody here does.</summary>
internal sealed record RecordDeletion(Caller By, long MessageId) : ICommand<Unit>, IAudited<Unit>
{
    public AuditNote? Audit(Unit result) => new("message.deleted", new MessageId(MessageId).ToString());
}

internal sealed class RecordDeletionHandler(IFikoDb db, PlatformChats chats, TimeProvider time) : IRequestHandler<RecordDeletion, Unit>
{
    public async Task<Unit> Handle(RecordDeletion deletion, CancellationToken ct)
    {
        // With all that still says its words: they are erased, not hidden.
        var message = await chats.LoadAsync(deletion.MessageId, ct);
        message.Conversation.Delete(message, time.Now());
        await db.SaveChangesAsync(ct);
        return Unit.Value;
    }
}
