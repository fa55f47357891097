using Fiko.Application.Auth;
using Fiko.Application.Resources;
using Fiko.Application.Shared;
using Fiko.Domain.Agents;
using FluentValidation;
using MediatR;

namespace Fiko.Application.Agents;

/// <summary>
/// Changes somebody of the workspace (rest.md, Users). Who is deactivated is thrown out at once; sockets of those who changed
/// otherwise come back as who they are now.
/// </summary>
/// <param name="By">An administrator; for an owner, an owner.</param>
/// <param name="Id">Whom.</param>
/// <param name="IfMatch">The version that the administrator saw, where that matters.</param>
/// <param name="Fields">What to.</param>
public sealed record ChangeAgent(Caller By, long Id, int? IfMatch, AgentPatch Fields) : IRequest<AgentView>;

/// <summary>What may be changed; a field that is left out stays.</summary>
/// <param name="Email">What they log in with.</param>
/// <param name="FirstName">Null is as good as empty.</param>
/// <param name="LastName">Null is as good as empty.</param>
/// <param name="Role"><c>owner</c>, <c>admin</c> or <c>agent</c>.</param>
/// <param name="IsActive">False ends all that is open for them.</param>
/// <param name="Password">A new one ends their logins.</param>
public sealed record AgentPatch(
    Optional<string?> Email,
    Optional<string?> FirstName,
    Optional<string?> LastName,
    [property: NamesOf(typeof(Role))] Optional<string?> Role,
    Optional<bool?> IsActive,
    Optional<string?> Password)
{
    // A record prints its members; one of these is a secret.
    public override string ToString() => nameof(AgentPatch);
}

internal sealed class ChangeAgentValidator : AbstractValidator<ChangeAgent>
{
    public ChangeAgentValidator()
    {
        RuleFor(c => c.Fields.Email).Must(e => !e.IsSet || AgentFields.IsEmail(e.Value)).AsInvalidField("email");
        RuleFor(c => c.Fields.FirstName).Must(n => AgentFields.IsName(n.Value)).AsInvalidField("first_name");
        RuleFor(c => c.Fields.LastName).Must(n => AgentFields.IsName(n.Value)).AsInvalidField("last_name");
        RuleFor(c => c.Fields.Role).Must(r => !r.IsSet || AgentFields.IsRole(r.Value)).AsInvalidField("role");
        RuleFor(c => c.Fields.IsActive).Must(a => !a.IsSet || a.Value is not null).AsInvalidField("is_active");
        When(c => c.Fields.Password.IsSet, () => RuleFor(c => c.Fields.Password.Value).AsPassword("password"));
    }
}

internal sealed class ChangeAgentHandler(IMediator mediator, IPasswords passwords, ISessionEvents sessions, IOnlineAgents online)
    : IRequestHandler<ChangeAgent, AgentView>
{
    public async Task<AgentView> Handle(ChangeAgent change, CancellationToken ct)
    {
        change.By.MustAdminister();
        var hash = change.Fields.Password.Value is { } password ? passwords.Hash(password) : null;
        var changed = await mediator.Send(new UpdateAgent(change.By, change.Id, change.IfMatch, change.Fields, hash), ct);
        foreach (var session in changed.EndedSessions)
        {
            sessions.Ended(session);
        }

        if (!changed.Agent.IsActive)
        {
            sessions.AgentEnded(change.Id);
        }
        else if (changed.IsSeen)
        {
            sessions.AgentChanged(change.Id);
        }

        return AgentView.Of(changed.Agent, online.Of(change.By.WorkspaceId));
    }
}
