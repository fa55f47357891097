using Fiko.Application.Audit;
using Fiko.Application.Resources;
using Fiko.Application.Shared;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace Fiko.Application.Tags;

/// <summary>An administrator does away with a tag: it is taken off everything that has it, with news of each conversation.</summary>
public sealed record DeleteTag(Caller By, long Tag, int? IfMatch = null) : IRequest<Unit>;

internal sealed class DeleteTagHandler(IMediator mediator) : IRequestHandler<DeleteTag, Unit>
{
    public async Task<Unit> Handle(DeleteTag delete, CancellationToken ct)
    {
        while (!await mediator.Send(new TakeTagOff(delete.By, delete.Tag, delete.IfMatch), ct))
        {
        }

        return Unit.Value;
    }
}

/// <summary>Takes a tag off the next conversations, and does away with it when none has it any more.</summary>
/// <returns>Whether it is gone.</returns>
internal sealed record TakeTagOff(Caller By, long Tag, int? IfMatch) : ICommand<bool>, IAudited<bool>
{
    public AuditNote? Audit(bool result) => result ? new AuditNote("tag.deleted", $"tag_{Tag}") : null;
}

internal sealed class TakeTagOffHandler(IFikoDb db) : IRequestHandler<TakeTagOff, bool>
{
    private const int Batch = 200;

    public async Task<bool> Handle(TakeTagOff off, CancellationToken ct)
    {
        off.By.MustAdminister();
        var tag = await db.Tags.VisibleTo(off.By).SingleOrDefaultAsync(t => t.Id == off.Tag, ct) ?? throw TagViews.NotFound();
        Versions.MustMatch(off.IfMatch, tag.Version);
        var ids = await db.ConversationTags.Where(t => t.TagId == tag.Id).OrderBy(t => t.ConversationId).Take(Batch).Select(t => t.ConversationId).ToListAsync(ct);
        foreach (var conversation in await db.Conversations.Where(c => ids.Contains(c.Id)).Include(c => c.Tagged).OrderBy(c => c.Id).ToListAsync(ct))
        {
            conversation.Retag([.. conversation.TagIds.Where(t => t != tag.Id)], off.By.AgentId);
        }

        await db.SaveChangesAsync(ct);
        if (ids.Count == Batch)
        {
            return false;
        }

        db.Tags.Remove(tag);
        await db.SaveChangesAsync(ct);
        return true;
    }
}
