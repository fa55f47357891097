using Fiko.Application.Agents;
using Fiko.Application.Audit;
using Fiko.Application.Resources;
using Fiko.Application.Shared;
using Fiko.Domain.Agents;
using FluentValidation;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace Fiko.Application.Auth;

/// <summary>The caller changes what they are called (rest.md, Auth). Their email and role are an administrator's affair.</summary>
public sealed record ChangeMe(Caller By, int? IfMatch, Optional<string?> FirstName, Optional<string?> LastName) : IRequest<AccountView>;

internal sealed class ChangeMeValidator : AbstractValidator<ChangeMe>
{
    public ChangeMeValidator()
    {
        RuleFor(c => c.FirstName).Must(n => AgentFields.IsName(n.Value)).AsInvalidField("first_name");
        RuleFor(c => c.LastName).Must(n => AgentFields.IsName(n.Value)).AsInvalidField("last_name");
    }
}

internal sealed class ChangeMeHandler(IMediator mediator, ISessionEvents sessions) : IRequestHandler<ChangeMe, AccountView>
{
    public async Task<AccountView> Handle(ChangeMe change, CancellationToken ct)
    {
        var renamed = await mediator.Send(new RenameMe(change.By, change.IfMatch, change.FirstName, change.LastName), ct);
        if (renamed.IsNews)
        {
            sessions.AgentChanged(change.By.AgentId);
        }

        return AccountView.Of(renamed.Agent);
    }
}

internal sealed record RenameMe(Caller By, int? IfMatch, Optional<string?> FirstName, Optional<string?> LastName) : ICommand<RenamedAgent>, IAudited<RenamedAgent>
{
    private static readonly string[] Fields = ["first_name", "last_name"];

    public AuditNote? Audit(RenamedAgent result) => result.IsNews
        ? new("user.changed", $"user_{By.AgentId}", new Dictionary<string, object?> { ["fields"] = Fields })
        : null;
}

/// <param name="Agent">As they are now.</param>
/// <param name="IsNews">False where they were called so before.</param>
internal sealed record RenamedAgent(Agent Agent, bool IsNews);

internal sealed class RenameMeHandler(IFikoDb db) : IRequestHandler<RenameMe, RenamedAgent>
{
    public async Task<RenamedAgent> Handle(RenameMe rename, CancellationToken ct)
    {
        var me = await db.Agents.SingleOrDefaultAsync(a => a.Id == rename.By.AgentId && a.IsActive, ct) ?? throw Refusals.AuthRequired();
        Versions.MustMatch(rename.IfMatch, me.Version);
        var (first, last) = (rename.FirstName.Or(me.FirstName)?.Trim() ?? "", rename.LastName.Or(me.LastName)?.Trim() ?? "");
        var isNews = (first, last) != (me.FirstName, me.LastName);
        if (isNews)
        {
            me.Rename(first, last);
            await db.SaveChangesAsync(ct);
        }

        return new RenamedAgent(me, isNews);
    }
}
