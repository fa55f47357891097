using Fiko.Application.Audit;
using Fiko.Application.Shared;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace Fiko.Application.Auth;

/// <summary>
/// Takes refused logins of known users to the audit after they are answered: written before, a known address would take longer
/// to refuse than an unknown one.
/// </summary>
public interface IRefusedLogins
{
    /// <summary>Returns at once.</summary>
    void Note(long agentId, Whereabouts from);
}

/// <summary>Somebody tried to log in as a user and did not know the password, or the account is not active.</summary>
public sealed record RecordRefusedLogin(long AgentId) : ICommand<Unit>;

internal sealed class RecordRefusedLoginHandler(IFikoDb db, AuditTrail trail) : IRequestHandler<RecordRefusedLogin, Unit>
{
    public async Task<Unit> Handle(RecordRefusedLogin refused, CancellationToken ct)
    {
        if (await db.Agents.SingleOrDefaultAsync(a => a.Id == refused.AgentId, ct) is { } agent)
        {
            trail.Add(agent, sessionId: null, "user.login_refused");
            await db.SaveChangesAsync(ct);
        }

        return Unit.Value;
    }
}
