using Fiko.Application.Audit;
using Fiko.Application.Messaging;
using Fiko.Application.Shared;
using Fiko.Domain.Replies;
using FluentValidation;
using MediatR;
using Microsoft.Extensions.Options;

namespace Fiko.Application.Replies;

/// <summary>An agent keeps a text for everybody of the workspace to use.</summary>
/// <returns>Its id.</returns>
public sealed record CreateReply(Caller By, string? Title, string? Shortcut, string? Text) : ICommand<long>, IAudited<long>
{
    public AuditNote? Audit(long result) => new("reply.created", $"reply_{result}");
}

internal sealed class CreateReplyValidator : AbstractValidator<CreateReply>
{
    public CreateReplyValidator(IOptions<MessageOptions> options)
    {
        RuleFor(r => r.Title).Must(IsTitle).AsInvalidField("title");
        RuleFor(r => r.Shortcut).Must(IsNoneOrShortcut).AsInvalidField("shortcut");
        RuleFor(r => r.Text).Must(t => IsText(t, options.Value)).AsInvalidField("text");
    }

    public static bool IsTitle(string? title) => title?.Trim() is { Length: > 0 and <= CannedReply.LongestTitle };

    public static bool IsNoneOrShortcut(string? shortcut) =>
        shortcut is null || (shortcut.Trim() is { Length: > 0 and <= CannedReply.LongestShortcut } trimmed && !trimmed.Any(char.IsWhiteSpace));

    public static bool IsText(string? text, MessageOptions options) => text?.Trim() is { Length: > 0 } trimmed && trimmed.Length <= options.MaxContentLength;
}

internal sealed class CreateReplyHandler(IFikoDb db, TimeProvider time) : IRequestHandler<CreateReply, long>
{
    public async Task<long> Handle(CreateReply create, CancellationToken ct)
    {
        var (title, shortcut, text) = (create.Title!.Trim(), create.Shortcut?.Trim(), create.Text!.Trim());
        ReplyTemplate.MustBeKnown(text);
        await db.MustBeFreeAsync(create.By, except: 0, title, shortcut, ct);
        var reply = new CannedReply(create.By.WorkspaceId, create.By.AgentId, title, shortcut, text, time.Now());
        db.Replies.Add(reply);
        await db.SaveChangesAsync(ct);
        return reply.Id;
    }
}
