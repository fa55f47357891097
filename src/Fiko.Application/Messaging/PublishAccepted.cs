using Fiko.Application.Shared;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace Fiko.Application.Messaging;

/// <summary>Shows the accepted messages of a conversation whose platform was waited for long enough, in the order they were accepted.</summary>
/// <param name="ConversationId">Which.</param>
/// <param name="AcceptedUntil">Messages accepted up to then.</param>
public sealed record PublishAccepted(long ConversationId, DateTimeOffset AcceptedUntil) : ICommand<Unit>;

internal sealed class PublishAcceptedHandler(IFikoDb db, TimeProvider time) : IRequestHandler<PublishAccepted, Unit>
{
    public async Task<Unit> Handle(PublishAccepted publish, CancellationToken ct)
    {
        var waiting = await db.Messages
            .Include(m => m.Conversation)
            .Where(m => m.ConversationId == publish.ConversationId && m.Seq == null && m.CreatedAt <= publish.AcceptedUntil)
            .OrderBy(m => m.Id)
            .ToListAsync(ct);
        foreach (var message in waiting)
        {
            message.Conversation.Publish(message, time.Now());
        }

        await db.SaveChangesAsync(ct);
        return Unit.Value;
    }
}
