using Fiko.Application.Audit;
using Fiko.Application.Auth;
using Fiko.Application.Realtime;
using Fiko.Application.Shared;
using Fiko.Domain.Agents;
using FluentValidation;
using MediatR;

namespace Fiko.Application.Agents;

/// <summary>Takes somebody into the workspace (rest.md, Users).</summary>
/// <param name="By">An administrator; for an owner, an owner.</param>
/// <param name="Email">In any case and with spaces around it; unique over all workspaces.</param>
/// <param name="Password">The first one; they may change it.</param>
/// <param name="FirstName">May be left out.</param>
/// <param name="LastName">May be left out.</param>
/// <param name="Role">By its wire name; <c>agent</c> where left out.</param>
public sealed record CreateAgent(Caller By, string? Email, string? Password, string? FirstName, string? LastName, string? Role) : IRequest<AgentView>
{
    // A record prints its members; one of these is a secret.
    public override string ToString() => nameof(CreateAgent);
}

internal sealed class CreateAgentValidator : AbstractValidator<CreateAgent>
{
    public CreateAgentValidator()
    {
        RuleFor(c => c.Email).Must(AgentFields.IsEmail).AsInvalidField("email");
        RuleFor(c => c.Password).AsPassword("password");
        RuleFor(c => c.FirstName).Must(AgentFields.IsName).AsInvalidField("first_name");
        RuleFor(c => c.LastName).Must(AgentFields.IsName).AsInvalidField("last_name");
        RuleFor(c => c.Role).Must(r => r is null || AgentFields.IsRole(r)).AsInvalidField("role");
    }
}

internal sealed class CreateAgentHandler(IMediator mediator, IPasswords passwords, IOnlineAgents online) : IRequestHandler<CreateAgent, AgentView>
{
    public async Task<AgentView> Handle(CreateAgent create, CancellationToken ct)
    {
        create.By.MustAdminister();
        var role = create.Role is null ? Role.Agent : AgentFields.RoleOf(create.Role);
        var added = await mediator.Send(
            new AddAgent(create.By, create.Email!, passwords.Hash(create.Password!), create.FirstName?.Trim() ?? "", create.LastName?.Trim() ?? "", role), ct);
        return AgentView.Of(added, online.Of(create.By.WorkspaceId));
    }
}

/// <summary>The stored half: the password is hashed before, because that is slow on purpose.</summary>
internal sealed record AddAgent(Caller By, string Email, string PasswordHash, string FirstName, string LastName, Role Role) : ICommand<Agent>, IAudited<Agent>
{
    public AuditNote? Audit(Agent result) => new("user.created", $"user_{result.Id}", new Dictionary<string, object?> { ["role"] = WireName.Of(Role) });

    public override string ToString() => nameof(AddAgent);
}

internal sealed class AddAgentHandler(IFikoDb db, TimeProvider time) : IRequestHandler<AddAgent, Agent>
{
    public async Task<Agent> Handle(AddAgent add, CancellationToken ct)
    {
        var actor = await db.ActorAsync(add.By, ct);
        if (add.Role is Role.Owner)
        {
            await db.ChangeOwnersAsync(actor, ct);
        }

        var agent = new Agent(add.By.WorkspaceId, add.Email, add.FirstName, add.LastName, add.Role, time.Now());
        await db.MustBeFreeAsync(agent.Email, ct);
        agent.SetPasswordHash(add.PasswordHash);
        db.Agents.Add(agent);
        await db.SaveChangesAsync(ct);
        return agent;
    }
}
