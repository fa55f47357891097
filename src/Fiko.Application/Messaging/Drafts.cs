using Fiko.Application.Audit;
using Fiko.Application.Shared;
using Fiko.Domain.Conversations;
using Fiko.Domain.Shared;
using FluentValidation;
using MediatR;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace Fiko.Application.Messaging;

/// <summary>What an agent has begun to write in a conversation. Their own and nobody else's; gone when they send.</summary>
public sealed record DraftView(string Content, DateTimeOffset UpdatedAt);

/// <summary>The caller's draft.</summary>
public sealed record GetDraft(Caller By, ConversationId Conversation) : IRequest<DraftView>;

internal sealed class GetDraftHandler(IFikoDb db) : IRequestHandler<GetDraft, DraftView>
{
    public async Task<DraftView> Handle(GetDraft query, CancellationToken ct)
    {
        if (!await db.Conversations.VisibleTo(query.By).AnyAsync(c => c.Id == query.Conversation.Value, ct))
        {
            throw Access.ConversationNotFound();
        }

        return await db.Drafts
            .Where(d => d.ConversationId == query.Conversation.Value && d.AgentId == query.By.AgentId)
            .Select(d => new DraftView(d.Content, d.UpdatedAt))
            .SingleOrDefaultAsync(ct) ?? throw new RuleBrokenException("draft_not_found", "There is no draft");
    }
}

/// <summary>Keeps the caller's draft, or does away with it (null).</summary>
/// <returns>Null where there is none any more.</returns>
public sealed record KeepDraft(Caller By, ConversationId Conversation, string? Content) : ICommand<DraftView?>, IAudited<DraftView?>
{
    // What is only thought of is nobody else's business.
    public AuditNote? Audit(DraftView? result) => null;
}

internal sealed class KeepDraftValidator : AbstractValidator<KeepDraft>
{
    public KeepDraftValidator(IOptions<MessageOptions> options) => When(
        d => d.Content is not null,
        () => MessageContent.AddRules(this, d => d.Content, options.Value));
}

internal sealed class KeepDraftHandler(IFikoDb db, TimeProvider time) : IRequestHandler<KeepDraft, DraftView?>
{
    public async Task<DraftView?> Handle(KeepDraft keep, CancellationToken ct)
    {
        var conversation = await db.Conversations.GetAsync(keep.Conversation, keep.By, ct);
        var draft = await db.Drafts.SingleOrDefaultAsync(d => d.ConversationId == conversation.Id && d.AgentId == keep.By.AgentId, ct);
        var now = time.Now();
        switch (keep.Content, draft)
        {
            case (null, null):
                break;
            case (null, not null):
                db.Drafts.Remove(draft);
                break;
            case (not null, null):
                db.Drafts.Add(new Draft(conversation.Id, keep.By.AgentId, keep.Content, now));
                break;
            case (not null, not null):
                draft.Write(keep.Content, now);
                break;
        }

        await db.SaveChangesAsync(ct);
        return keep.Content is null ? null : new DraftView(keep.Content, now);
    }
}
