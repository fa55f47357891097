using System.Security.Cryptography;
using Fiko.Application.Audit;
using Fiko.Application.Auth;
using Fiko.Application.Shared;
using Fiko.Domain.Agents;
using Fiko.Domain.Workspaces;
using FluentValidation;
using MediatR;

namespace Fiko.Application.Agents;

/// <summary>An operator opens a workspace and says who owns it: where nobody is there yet, nobody could be asked whether they may.</summary>
public sealed record CreateOwner(string? Workspace, string? Email, string? Password, string? FirstName = null, string? LastName = null) : IRequest<CreatedOwner>
{
    // A record prints its members; one of these is a secret.
    public override string ToString() => nameof(CreateOwner);
}

public sealed record CreatedOwner(long WorkspaceId, long AgentId, string Email);

internal sealed class CreateOwnerValidator : AbstractValidator<CreateOwner>
{
    private const int LongestName = 200;

    public CreateOwnerValidator()
    {
        RuleFor(c => c.Workspace).Must(w => w?.Trim() is { Length: > 0 and <= LongestName }).AsInvalidField("workspace");
        RuleFor(c => c.Email).Must(AgentFields.IsEmail).AsInvalidField("email");
        RuleFor(c => c.Password).AsPassword("password");
        RuleFor(c => c.FirstName).Must(AgentFields.IsName).AsInvalidField("first-name");
        RuleFor(c => c.LastName).Must(AgentFields.IsName).AsInvalidField("last-name");
    }
}

internal sealed class CreateOwnerHandler(IMediator mediator, IPasswords passwords) : IRequestHandler<CreateOwner, CreatedOwner>
{
    public Task<CreatedOwner> Handle(CreateOwner create, CancellationToken ct) => mediator.Send(
        new OpenWorkspace(create.Workspace!.Trim(), create.Email!, passwords.Hash(create.Password!), create.FirstName?.Trim() ?? "", create.LastName?.Trim() ?? ""), ct);
}

/// <summary>The stored half: the password is hashed before, because that is slow on purpose.</summary>
internal sealed record OpenWorkspace(string Name, string Email, string PasswordHash, string FirstName, string LastName) : ICommand<CreatedOwner>
{
    public override string ToString() => nameof(OpenWorkspace);
}

internal sealed class OpenWorkspaceHandler(IFikoDb db, AuditTrail trail, TimeProvider time) : IRequestHandler<OpenWorkspace, CreatedOwner>
{
    public async Task<CreatedOwner> Handle(OpenWorkspace open, CancellationToken ct)
    {
        await db.MustBeFreeAsync(Agent.NormalizeEmail(open.Email), ct);
        var now = time.Now();
        var workspace = new Workspace(open.Name, Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(4)), now);
        db.Workspaces.Add(workspace);
        await db.SaveChangesAsync(ct);

        var owner = new Agent(workspace.Id, open.Email, open.FirstName, open.LastName, Role.Owner, now);
        owner.SetPasswordHash(open.PasswordHash);
        db.Agents.Add(owner);
        await db.SaveChangesAsync(ct);
        trail.Add(owner, sessionId: null, "user.created", new Dictionary<string, object?> { ["role"] = "owner" });
        await db.SaveChangesAsync(ct);
        return new CreatedOwner(workspace.Id, owner.Id, owner.Email);
    }
}
