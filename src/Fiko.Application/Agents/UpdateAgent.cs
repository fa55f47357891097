using Fiko.Application.Audit;
using Fiko.Application.Realtime;
using Fiko.Application.Resources;
using Fiko.Application.Shared;
using Fiko.Domain.Agents;
using MediatR;

namespace Fiko.Application.Agents;

/// <summary>The stored half of a change: the password is hashed before, because that is slow on purpose.</summary>
internal sealed record UpdateAgent(Caller By, long Id, int? IfMatch, AgentPatch Fields, string? PasswordHash) : ICommand<ChangedAgent>, IAudited<ChangedAgent>
{
    public AuditNote? Audit(ChangedAgent result)
    {
        var facts = new Dictionary<string, object?> { ["fields"] = result.Fields };
        if (result.Fields.Contains("role"))
        {
            facts["role"] = WireName.Of(result.Agent.Role);
        }

        if (result.Fields.Contains("is_active"))
        {
            facts["is_active"] = result.Agent.IsActive;
        }

        return result.Fields.Count == 0 ? null : new("user.changed", $"user_{Id}", facts);
    }

    public override string ToString() => nameof(UpdateAgent);
}

/// <param name="Agent">As they are now.</param>
/// <param name="Fields">The wire names of what is another than before.</param>
/// <param name="EndedSessions">Logins that are over.</param>
internal sealed record ChangedAgent(Agent Agent, IReadOnlyList<string> Fields, IReadOnlyList<long> EndedSessions)
{
    /// <summary>Whether open sockets hold somebody whom the agent is no more.</summary>
    public bool IsSeen => Fields.Any(f => f is "role" or "first_name" or "last_name" or "email");
}

internal sealed class UpdateAgentHandler(IFikoDb db, TimeProvider time) : IRequestHandler<UpdateAgent, ChangedAgent>
{
    public async Task<ChangedAgent> Handle(UpdateAgent update, CancellationToken ct)
    {
        var actor = await db.ActorAsync(update.By, ct);
        var agent = await db.ColleagueAsync(update.By, update.Id, ct);
        Versions.MustMatch(update.IfMatch, agent.Version);
        var role = update.Fields.Role.Value is { } name ? AgentFields.RoleOf(name) : agent.Role;
        if (agent.Role is Role.Owner || role is Role.Owner)
        {
            await db.ChangeOwnersAsync(actor, ct);
        }

        var fields = new List<string>();
        Rename(agent, update.Fields, fields);
        await MoveAsync(agent, update.Fields, fields, ct);
        await PromoteAsync(agent, role, fields, ct);
        await ActivateAsync(agent, update, fields, ct);
        if (update.PasswordHash is { } hash)
        {
            agent.SetPasswordHash(hash);
            fields.Add("password");
        }

        var ended = fields.Contains("password") || !agent.IsActive
            ? await db.RevokeSessionsAsync(agent.Id, agent.IsActive ? "password" : "deactivated", time.Now(), ct)
            : [];
        await db.SaveChangesAsync(ct);
        return new ChangedAgent(agent, fields, ended);
    }

    private static void Rename(Agent agent, AgentPatch patch, List<string> fields)
    {
        var (first, last) = (patch.FirstName.Or(agent.FirstName)?.Trim() ?? "", patch.LastName.Or(agent.LastName)?.Trim() ?? "");
        fields.AddRange([.. first == agent.FirstName ? [] : (string[])["first_name"], .. last == agent.LastName ? [] : (string[])["last_name"]]);
        if (fields.Count > 0)
        {
            agent.Rename(first, last);
        }
    }

    private async Task MoveAsync(Agent agent, AgentPatch patch, List<string> fields, CancellationToken ct)
    {
        if (patch.Email.Value is { } email && Agent.NormalizeEmail(email) is var normal && normal != agent.Email)
        {
            await db.MustBeFreeAsync(normal, ct);
            agent.MoveTo(normal);
            fields.Add("email");
        }
    }

    private async Task PromoteAsync(Agent agent, Role role, List<string> fields, CancellationToken ct)
    {
        if (role == agent.Role)
        {
            return;
        }

        if (agent.Role is Role.Owner)
        {
            await db.MustLeaveAnOwnerAsync(agent, ct);
        }

        agent.BecomeA(role);
        fields.Add("role");
    }

    private async Task ActivateAsync(Agent agent, UpdateAgent update, List<string> fields, CancellationToken ct)
    {
        if (update.Fields.IsActive.Value is not { } active || active == agent.IsActive)
        {
            return;
        }

        if (active)
        {
            agent.Activate();
        }
        else
        {
            agent.MustNotBe(update.By);
            if (agent.Role is Role.Owner)
            {
                await db.MustLeaveAnOwnerAsync(agent, ct);
            }

            agent.Deactivate();
        }

        fields.Add("is_active");
    }
}
