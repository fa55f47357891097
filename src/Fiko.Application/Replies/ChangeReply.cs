using Fiko.Application.Audit;
using Fiko.Application.Messaging;
using Fiko.Application.Resources;
using Fiko.Application.Shared;
using FluentValidation;
using MediatR;
using Microsoft.Extensions.Options;

namespace Fiko.Application.Replies;

/// <summary>Its author, or an administrator, changes a canned reply.</summary>
/// <returns>Whether anything changed.</returns>
public sealed record ChangeReply(Caller By, long Reply, Optional<string?> Title, Optional<string?> Shortcut, Optional<string?> Text, int? IfMatch = null)
    : ICommand<bool>, IAudited<bool>
{
    public AuditNote? Audit(bool result) => result ? new AuditNote("reply.changed", $"reply_{Reply}") : null;
}

internal sealed class ChangeReplyValidator : AbstractValidator<ChangeReply>
{
    public ChangeReplyValidator(IOptions<MessageOptions> options)
    {
        RuleFor(r => r.Title).Must(t => !t.IsSet || CreateReplyValidator.IsTitle(t.Value)).AsInvalidField("title");
        RuleFor(r => r.Shortcut).Must(s => CreateReplyValidator.IsNoneOrShortcut(s.Value)).AsInvalidField("shortcut");
        RuleFor(r => r.Text).Must(t => !t.IsSet || CreateReplyValidator.IsText(t.Value, options.Value)).AsInvalidField("text");
    }
}

internal sealed class ChangeReplyHandler(IFikoDb db, TimeProvider time) : IRequestHandler<ChangeReply, bool>
{
    public async Task<bool> Handle(ChangeReply change, CancellationToken ct)
    {
        var reply = await db.GetReplyAsync(change.Reply, change.By, ct);
        reply.MustBeChangeableBy(change.By);
        Versions.MustMatch(change.IfMatch, reply.Version);
        var (title, shortcut, text) = (change.Title.Or(reply.Title)!.Trim(), change.Shortcut.Or(reply.Shortcut)?.Trim(), change.Text.Or(reply.Text)!.Trim());
        ReplyTemplate.MustBeKnown(text);
        await db.MustBeFreeAsync(change.By, reply.Id, title, shortcut, ct);
        var changed = reply.Change(title, shortcut, text, time.Now());
        await db.SaveChangesAsync(ct);
        return changed;
    }
}

/// <summary>Its author, or an administrator, does away with a canned reply.</summary>
public sealed record DeleteReply(Caller By, long Reply, int? IfMatch = null) : ICommand<Unit>, IAudited<Unit>
{
    public AuditNote? Audit(Unit result) => new("reply.deleted", $"reply_{Reply}");
}

internal sealed class DeleteReplyHandler(IFikoDb db) : IRequestHandler<DeleteReply, Unit>
{
    public async Task<Unit> Handle(DeleteReply delete, CancellationToken ct)
    {
        var reply = await db.GetReplyAsync(delete.Reply, delete.By, ct);
        reply.MustBeChangeableBy(delete.By);
        Versions.MustMatch(delete.IfMatch, reply.Version);
        db.Replies.Remove(reply);
        await db.SaveChangesAsync(ct);
        return Unit.Value;
    }
}
