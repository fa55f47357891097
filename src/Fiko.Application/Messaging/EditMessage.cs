using Fiko.Application.Audit;
using Fiko.Application.Channels;
using Fiko.Application.Realtime;
using Fiko.Application.Shared;
using Fiko.Domain.Conversations;
using FluentValidation;
using MediatR;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace Fiko.Application.Messaging;

/// <summary>An agent says something else in a message of their own, on the platform first. Everybody hears of it as message_edited.</summary>
public sealed record EditMessage(Caller By, ConversationId Conversation, string? Message, string? Content) : IRequest<ServerFrame?>;

internal sealed class EditMessageValidator : AbstractValidator<EditMessage>
{
    public EditMessageValidator(IOptions<MessageOptions> options)
    {
        RuleFor(m => m.Message).Must(id => MessageId.TryParse(id, out _)).AsInvalidField("message_id");
        MessageContent.AddRules(this, m => m.Content, options.Value);
    }
}

internal sealed class EditMessageHandler(SentMessages messages, ChannelBook channels, IMediator mediator) : IRequestHandler<EditMessage, ServerFrame?>
{
    public async Task<ServerFrame?> Handle(EditMessage edit, CancellationToken ct)
    {
        var content = edit.Content!.Trim();
        if (await mediator.Send(new ChangeNote(edit.By, edit.Conversation, edit.Message, content), ct))
        {
            return null;
        }

        var message = await messages.FindOwnAsync(edit.By, edit.Conversation, edit.Message, ct);
        if (!message.IsSent)
        {
            throw SentMessages.Refused("it was not sent");
        }

        if (message.Parts.Count > 1 || (message.Parts.Count == 1 && channels.Find(message.Source)?.Plan(content, []).Count > 1))
        {
            throw SentMessages.Refused("it takes several sends");
        }

        await messages.ChangeAsync<IChangesMessages>(
            message, "this platform can't change a message", (channel, account, part) => channel.EditAsync(account, part, content, ct));
        await mediator.Send(new RecordEdit(edit.By, message.Id, content), CancellationToken.None);
        return null;
    }
}

/// <summary>The platform shows the new text; now everybody here does.</summary>
internal sealed record RecordEdit(Caller By, long MessageId, string Content) : ICommand<Unit>, IAudited<Unit>
{
    public AuditNote? Audit(Unit result) => new("message.edited", new MessageId(MessageId).ToString());
}

internal sealed class RecordEditHandler(IFikoDb db, TimeProvider time) : IRequestHandler<RecordEdit, Unit>
{
    public async Task<Unit> Handle(RecordEdit edit, CancellationToken ct)
    {
        var message = await db.Messages.Include(m => m.Conversation).Include(m => m.Attachments).SingleAsync(m => m.Id == edit.MessageId, ct);
        var said = MessageFiles.Describe(edit.Content, message.Attachments, new OutgoingMessage(edit.Content, message.SenderId ?? 0));
        message.Conversation.Edit(message, said.Content, said.Caption, time.Now());
        await db.SaveChangesAsync(ct);
        return Unit.Value;
    }
}
