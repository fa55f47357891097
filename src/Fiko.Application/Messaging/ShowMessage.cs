using Fiko.Application.Attachments;
using Fiko.Application.Shared;
using Fiko.Domain.Conversations;
using MediatR;

namespace Fiko.Application.Messaging;

/// <summary>One message as it is now, also one that is not visible yet: its sender knows its id.</summary>
public sealed record ShowMessage(Caller By, ConversationId Conversation, MessageId Message) : IRequest<MessageAnswer>;

internal sealed class ShowMessageHandler(IFikoDb db, IFileLinks links) : IRequestHandler<ShowMessage, MessageAnswer>
{
    public async Task<MessageAnswer> Handle(ShowMessage show, CancellationToken ct)
    {
        var found = await db.Messages.VisibleTo(show.By)
            .Where(m => m.Id == show.Message.Value && m.ConversationId == show.Conversation.Value && (m.Seq != null || m.SenderId == show.By.AgentId))
            .ToRows(db)
            .LoadAsync(db, links, ct);
        return found is [var row] ? new MessageAnswer(row.View, row.SendResult) : throw Access.MessageNotFound();
    }
}
