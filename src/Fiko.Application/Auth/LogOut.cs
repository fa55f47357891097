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

internal sealed class EndSessionsHandler(IFikoDb db, TimeProvider time) : IRequestHandler<EndSessions, IReadOnlyList<long>>
{
    public async Task<IReadOnlyList<long>> Handle(EndSessions end, CancellationToken ct)
    {
        var meant = await db.Sessions
            .Where(s => s.Id == end.SessionId || db.RefreshTokens.Any(t => t.SessionId == s.Id && t.Hash == end.RefreshHash))
            .ToListAsync(ct);
        foreach (var session in meant)
        {
            session.Revoke("logout", time.Now());
        }

        await db.SaveChangesAsync(ct);
        return [.. meant.Select(s => s.Id)];
    }
}
