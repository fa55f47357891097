using Fiko.Application.Audit;
using Fiko.Application.Shared;
using Fiko.Domain.Agents;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace Fiko.Application.Auth;

/// <summary>A live session and the agent whose it is.</summary>
internal sealed record OpenedSession(long SessionId, AccountView User);

/// <summary>Begins a session for an agent whose password was right. Null where that is no longer so.</summary>
/// <param name="AgentId">Who logged in.</param>
/// <param name="VerifiedHash">What the password was compared with.</param>
/// <param name="BetterHash">What takes its place, if it was made with weaker settings than today's.</param>
/// <param name="RefreshHash">The hash of the session's first refresh token.</param>
internal sealed record OpenSession(long AgentId, string VerifiedHash, string? BetterHash, string RefreshHash) : ICommand<OpenedSession?>
{
    public override string ToString() => nameof(OpenSession);
}

internal sealed class OpenSessionHandler(IFikoDb db, IAccessTokens tokens, AuditTrail trail, TimeProvider time) : IRequestHandler<OpenSession, OpenedSession?>
{
    public async Task<OpenedSession?> Handle(OpenSession open, CancellationToken ct)
    {
        // The password was checked outside this transaction; a change in between makes what was checked worthless.
        var agent = await db.Agents.SingleOrDefaultAsync(a => a.Id == open.AgentId && a.IsActive && a.PasswordHash == open.VerifiedHash, ct);
        if (agent is null)
        {
            return null;
        }

        if (open.BetterHash is not null)
        {
            agent.SetPasswordHash(open.BetterHash);
        }

        var now = time.Now();
        var session = new Session(agent, now, now + tokens.RefreshLifetime);
        db.Sessions.Add(session);
        db.RefreshTokens.Add(new RefreshToken(session, open.RefreshHash, now));
        await db.SaveChangesAsync(ct);

        // Its id is known only now.
        trail.Add(agent, session.Id, "user.logged_in");
        await db.SaveChangesAsync(ct);
        return new OpenedSession(session.Id, AccountView.Of(agent));
    }
}
