using Fiko.Application.Audit;
using Fiko.Application.Shared;
using Fiko.Domain.Agents;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace Fiko.Application.Auth;

/// <summary>What became of a refresh token that was presented: a live session, a revoked one, or neither.</summary>
internal sealed record Rotation(OpenedSession? Live = null, long? RevokedSession = null);

/// <summary>Uses a refresh token up and keeps its successor. A token used before ends its session (RFC 9700, section 4.14.2).</summary>
internal sealed record RotateRefreshToken(string PresentedHash, string NextHash) : ICommand<Rotation>
{
    public override string ToString() => nameof(RotateRefreshToken);
}

internal sealed class RotateRefreshTokenHandler(IFikoDb db, IAccessTokens tokens, AuditTrail trail, TimeProvider time) : IRequestHandler<RotateRefreshToken, Rotation>
{
    public async Task<Rotation> Handle(RotateRefreshToken rotate, CancellationToken ct)
    {
        var now = time.Now();
        var presented = await db.RefreshTokens.Include(t => t.Session).SingleOrDefaultAsync(t => t.Hash == rotate.PresentedHash, ct);
        if (presented is null || !presented.Session.IsLive(now))
        {
            return new Rotation();
        }

        var session = presented.Session;
        if (presented.UsedAt is not null)
        {
            session.Revoke("reuse", now);
            trail.Add(await db.Agents.SingleAsync(a => a.Id == session.AgentId, ct), session.Id, "user.session_revoked");
            await db.SaveChangesAsync(ct);
            return new Rotation(RevokedSession: session.Id);
        }

        var agent = await db.Agents.SingleOrDefaultAsync(a => a.Id == session.AgentId && a.IsActive, ct);
        if (agent is null)
        {
            return new Rotation();
        }

        presented.Use(now);
        session.Prolong(now + tokens.RefreshLifetime);
        db.RefreshTokens.Add(new RefreshToken(session, rotate.NextHash, now));

        // Of two uses at once the second conflicts on UsedAt, is run again, and finds the token used.
        await db.SaveChangesAsync(ct);
        return new Rotation(Live: new OpenedSession(session.Id, AccountView.Of(agent)));
    }
}
