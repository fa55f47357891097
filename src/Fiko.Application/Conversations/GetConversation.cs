using Fiko.Application.Attachments;
using Fiko.Application.Shared;
using Fiko.Domain.Conversations;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace Fiko.Application.Conversations;

/// <summary>One conversation, with who read how far.</summary>
public sealed record GetConversation(Caller By, ConversationId Conversation) : IRequest<ConversationView>;

internal sealed class GetConversationHandler(IFikoDb db, IFileLinks links) : IRequestHandler<GetConversation, ConversationView>
{
    public async Task<ConversationView> Handle(GetConversation query, CancellationToken ct)
    {
        await using var moment = await db.ReadOneMomentAsync(ct);
        var found = await db.Conversations.VisibleTo(query.By).Where(c => c.Id == query.Conversation.Value).ToViews(db).LoadAsync(db, links, ct);
        if (found is not [var view])
        {
            throw Access.ConversationNotFound();
        }

        var readers = await (
            from p in db.ReadPositions
            where p.ConversationId == view.Key
            join a in db.Agents on p.AgentId equals a.Id
            orderby p.AgentId
            select new { a.Id, a.FirstName, a.LastName, a.Email, p.UpToSeq, p.At }).ToListAsync(ct);
        return view with { ReadBy = readers.ConvertAll(r => new ReaderView(r.Id, AssignedUser.NameOf(r.FirstName, r.LastName, r.Email), r.UpToSeq, r.At)) };
    }
}
