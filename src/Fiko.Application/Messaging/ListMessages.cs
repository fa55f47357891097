using Fiko.Application.Shared;
using Fiko.Domain.Conversations;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace Fiko.Application.Messaging;

/// <summary>A page of a conversation's messages over REST: the socket's get_messages, for who has no socket open.</summary>
public sealed record ListMessages(Caller By, ConversationId Conversation, long? Before, long? After, int? Limit) : IRequest<MessagePage>;

/// <param name="Items">Oldest first.</param>
/// <param name="HasMore">Whether the same direction goes on.</param>
public sealed record MessagePage(IReadOnlyList<MessageView> Items, bool HasMore);

internal sealed class ListMessagesHandler(IFikoDb db, IMediator mediator) : IRequestHandler<ListMessages, MessagePage>
{
    private const int MostItems = 500;

    public async Task<MessagePage> Handle(ListMessages query, CancellationToken ct)
    {
        if (!await db.Conversations.VisibleTo(query.By).AnyAsync(c => c.Id == query.Conversation.Value, ct))
        {
            throw Access.ConversationNotFound();
        }

        var page = await mediator.Send(new GetMessages(query.By, query.Conversation, query.Before, query.After, query.Limit) { Most = MostItems }, ct);
        return new MessagePage(page.Messages, page.HasMore);
    }
}
