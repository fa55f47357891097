using Fiko.Application.Audit;
using Fiko.Application.Shared;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace Fiko.Application.Auth;

/// <summary>Ends the session of an access token, of a refresh token, or of both (rest.md, Auth).</summary>
/// <param name="By">Who asks, if their access token is still good.</param>
/// <param name="RefreshToken">Good enough by itself. An unknown one is no error: it opens nothing already (RFC 7009, section 2.2).</param>
public sealed record LogOut(Caller? By, string? RefreshToken = null) : IRequest<Unit>
{
    public override string ToString() => nameof(LogOut);
}

internal sealed class LogOutHandler(IMediator mediator, ISessionEvents sessions) : IRequestHandler<LogOut, Unit>
{
    public async Task<Unit> Handle(LogOut logout, CancellationToken ct)
    {
        var secret = logout.RefreshToken is { Length: > 0 } given ? RefreshSecret.Hash(given) : null;
        if (logout.By is null && secret is null)
        {
            throw Refusals.AuthRequired();
        }

        foreach (var ended in await mediator.Send(new EndSessions(logout.By?.SessionId, secret), ct))
        {
            sessions.Ended(ended);
        }

        return Unit.Value;
    }
}

/// <summary>Revokes the sessions that either key names and answers their ids.</summary>
internal sealed record EndSessions(long? SessionId, string? RefreshHash) : ICommand<IReadOnlyList<long>>
{
    public override string ToString() => nameof(EndSessions);
}

internal sealed class EndSessionsHandler(IFikoDb db, AuditTrail trail, TimeProvider time) : IRequestHandler<EndSessions, IReadOnlyList<long>>
{
    public async Task<IReadOnlyList<long>> Handle(EndSessions end, CancellationToken ct)
    {
        var meant = await (
            from session in db.Sessions
            where session.Id == end.SessionId || db.RefreshTokens.Any(t => t.SessionId == session.Id && t.Hash == end.RefreshHash)
            join agent in db.Agents on session.AgentId equals agent.Id
            select new { session, agent }).ToListAsync(ct);
        foreach (var one in meant.Where(m => m.session.RevokedAt is null))
        {
            one.session.Revoke("logout", time.Now());
            trail.Add(one.agent, one.session.Id, "user.logged_out");
        }

        await db.SaveChangesAsync(ct);
        return [.. meant.Select(m => m.session.Id)];
    }
}
