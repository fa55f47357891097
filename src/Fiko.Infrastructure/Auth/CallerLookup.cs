using System.Globalization;
using System.Security.Claims;
using Fiko.Application.Shared;
using Fiko.Domain.Agents;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace Fiko.Infrastructure.Auth;

/// <summary>From the claims of a token that is genuine to the agent it stands for, in one query.</summary>
internal sealed class CallerLookup(IFikoDb db, IOptions<JwtOptions> jwt, TimeProvider time)
{
    /// <returns>Null for anything but an access token of an active agent whose session, if it names one, is live.</returns>
    public async Task<Caller?> FindAsync(ClaimsIdentity claims, CancellationToken ct)
    {
        if (!claims.FindAll(TokenClaims.TokenType).All(c => c.Value == TokenClaims.Access))
        {
            return null;
        }

        return jwt.Value.HasAuthority ? await ByEmailAsync(claims, ct) : await ByIdAsync(claims, ct);
    }

    private async Task<Caller?> ByIdAsync(ClaimsIdentity claims, CancellationToken ct)
    {
        Claim[] subjects = [.. claims.FindAll(TokenClaims.Subject)];
        if (subjects.Length == 0)
        {
            subjects = [.. claims.FindAll(TokenClaims.UserId)];
        }

        Claim[] sessions = [.. claims.FindAll(TokenClaims.Session)];
        if (!TryReadId(subjects, out var agentId))
        {
            return null;
        }

        if (sessions.Length == 0)
        {
            return await FindAsync(agentId, null, ct);
        }

        return TryReadId(sessions, out var sessionId) ? await FindAsync(agentId, sessionId, ct) : null;
    }

    /// <returns>Null where the agent is not active, or the session, if there is one, not live.</returns>
    public async Task<Caller?> FindAsync(long agentId, long? sessionId, CancellationToken ct)
    {
        if (sessionId is null)
        {
            return Of(await db.Agents.AsNoTracking().SingleOrDefaultAsync(a => a.Id == agentId && a.IsActive, ct), null);
        }

        var found = await (
            from session in db.Sessions.AsNoTracking()
            join agent in db.Agents.AsNoTracking() on session.AgentId equals agent.Id
            where session.Id == sessionId && agent.Id == agentId && agent.IsActive
            select new { session, agent }).SingleOrDefaultAsync(ct);
        return found is not null && found.session.IsLive(time.GetUtcNow()) ? Of(found.agent, sessionId) : null;
    }

    // An identity provider's sub and sid are its own and mean nothing here; what the two sides share is the address.
    private async Task<Caller?> ByEmailAsync(ClaimsIdentity claims, CancellationToken ct)
    {
        Claim[] emails = [.. claims.FindAll(TokenClaims.Email)];
        Claim[] verified = [.. claims.FindAll(TokenClaims.EmailVerified)];
        if (emails is not [{ Value.Length: > 0 }] || verified is not [var proof] || !proof.Value.Equals("true", StringComparison.OrdinalIgnoreCase))
        {
            return null;
        }

        var email = Agent.NormalizeEmail(emails[0].Value);
        return Of(await db.Agents.AsNoTracking().SingleOrDefaultAsync(a => a.Email == email && a.RemovedAt == null && a.IsActive, ct), null);
    }

    private static Caller? Of(Agent? agent, long? sessionId) =>
        agent is null ? null : new Caller(agent.Id, agent.WorkspaceId, agent.DisplayName, agent.Role, sessionId);

    private static bool TryReadId(Claim[] claims, out long id)
    {
        id = 0;
        return claims is [var only] && long.TryParse(only.Value, NumberStyles.None, CultureInfo.InvariantCulture, out id) && id > 0;
    }
}
