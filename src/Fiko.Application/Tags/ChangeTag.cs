using Fiko.Application.Audit;
using Fiko.Application.Resources;
using Fiko.Application.Shared;
using FluentValidation;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace Fiko.Application.Tags;

/// <summary>An administrator gives a tag another name or colour. It changes everywhere at once; then every open socket hears of it.</summary>
public sealed record ChangeTag(Caller By, long Tag, Optional<string?> Name, Optional<string?> Colour, int? IfMatch = null) : IRequest<Unit>;

internal sealed class ChangeTagValidator : AbstractValidator<ChangeTag>
{
    public ChangeTagValidator()
    {
        RuleFor(t => t.Name).Must(n => !n.IsSet || TagBook.IsName(n.Value)).AsInvalidField("name");
        RuleFor(t => t.Colour).Must(c => !c.IsSet || CreateTagValidator.IsColour(c.Value)).AsInvalidField("colour");
    }
}

internal sealed class ChangeTagHandler(IMediator mediator) : IRequestHandler<ChangeTag, Unit>
{
    public async Task<Unit> Handle(ChangeTag change, CancellationToken ct)
    {
        if (!await mediator.Send(new RewriteTag(change.By, change.Tag, change.Name, change.Colour, change.IfMatch), ct))
        {
            return Unit.Value;
        }

        // Not ended with the request: what is changed is told to everybody.
        for (long? after = 0; after is { } last;)
        {
            after = await mediator.Send(new TellOfTag(change.By.AgentId, change.Tag, last), CancellationToken.None);
        }

        return Unit.Value;
    }
}

/// <returns>Whether anything changed.</returns>
internal sealed record RewriteTag(Caller By, long Tag, Optional<string?> Name, Optional<string?> Colour, int? IfMatch) : ICommand<bool>, IAudited<bool>
{
    public AuditNote? Audit(bool result) => result ? new AuditNote("tag.changed", $"tag_{Tag}") : null;
}

internal sealed class RewriteTagHandler(IFikoDb db) : IRequestHandler<RewriteTag, bool>
{
    public async Task<bool> Handle(RewriteTag rewrite, CancellationToken ct)
    {
        rewrite.By.MustAdminister();
        var tag = await db.Tags.VisibleTo(rewrite.By).SingleOrDefaultAsync(t => t.Id == rewrite.Tag, ct) ?? throw TagViews.NotFound();
        Versions.MustMatch(rewrite.IfMatch, tag.Version);
        var name = rewrite.Name.Value?.Trim() ?? tag.Name;
        if (await db.Tags.AnyAsync(t => t.WorkspaceId == tag.WorkspaceId && t.Name == name && t.Id != tag.Id, ct))
        {
            throw TagViews.Taken();
        }

        var changed = tag.Change(name, rewrite.Colour.Value?.ToLowerInvariant() ?? tag.Colour);
        await db.SaveChangesAsync(ct);
        return changed;
    }
}

/// <summary>Says of the next conversations with a tag that it changed.</summary>
/// <returns>The last of them; null where that was all.</returns>
internal sealed record TellOfTag(long AgentId, long Tag, long After) : ICommand<long?>;

internal sealed class TellOfTagHandler(IFikoDb db) : IRequestHandler<TellOfTag, long?>
{
    private const int Batch = 200;

    public async Task<long?> Handle(TellOfTag tell, CancellationToken ct)
    {
        var ids = await db.ConversationTags
            .Where(t => t.TagId == tell.Tag && t.ConversationId > tell.After)
            .OrderBy(t => t.ConversationId).Take(Batch).Select(t => t.ConversationId).ToListAsync(ct);
        foreach (var conversation in await db.Conversations.Where(c => ids.Contains(c.Id)).OrderBy(c => c.Id).ToListAsync(ct))
        {
            conversation.FollowTag(tell.Tag, tell.AgentId);
        }

        await db.SaveChangesAsync(ct);
        return ids.Count < Batch ? null : ids[^1];
    }
}
