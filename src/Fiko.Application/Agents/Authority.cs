using Fiko.Application.Shared;
using Fiko.Domain.Agents;
using Fiko.Domain.Shared;
using Microsoft.EntityFrameworkCore;

namespace Fiko.Application.Agents;

/// <summary>Who may change whom (rest.md, Users). Asked inside the transaction, of what the database holds then.</summary>
internal static class Authority
{
    /// <summary>Who acts, as they are now: their role may have been taken since their token was looked at.</summary>
    /// <exception cref="RuleBrokenException">They administer nothing.</exception>
    public static async Task<Agent> ActorAsync(this IFikoDb db, Caller by, CancellationToken ct) =>
        await db.Agents.SingleOrDefaultAsync(a => a.Id == by.AgentId && a.IsActive, ct) is { MayAdminister: true } actor ? actor : throw Access.Forbidden();

    /// <exception cref="RuleBrokenException">There is none, or they are another workspace's.</exception>
    public static async Task<Agent> ColleagueAsync(this IFikoDb db, Caller by, long id, CancellationToken ct) =>
        await db.Agents.VisibleTo(by).SingleOrDefaultAsync(a => a.Id == id, ct) ?? throw Access.UserNotFound();

    /// <summary>
    /// Only owners make, change and remove owners. All such changes of a workspace move one concurrency token, so that of two
    /// at once the second is run again, and sees what the first one left.
    /// </summary>
    public static async Task ChangeOwnersAsync(this IFikoDb db, Agent actor, CancellationToken ct)
    {
        if (actor.Role is not Role.Owner)
        {
            throw Access.Forbidden();
        }

        (await db.Workspaces.SingleAsync(w => w.Id == actor.WorkspaceId, ct)).ChangeOwners();
    }

    /// <summary>Somebody must be left who can make others owners.</summary>
    public static async Task MustLeaveAnOwnerAsync(this IFikoDb db, Agent leaving, CancellationToken ct)
    {
        if (!await db.Agents.AnyAsync(a => a.WorkspaceId == leaving.WorkspaceId && a.Id != leaving.Id && a.Role == Role.Owner && a.IsActive, ct))
        {
            throw new RuleBrokenException("last_owner", "A workspace needs an active owner, and this is the last one");
        }
    }

    /// <summary>Nobody locks themselves out by a slip.</summary>
    public static void MustNotBe(this Agent agent, Caller by)
    {
        if (agent.Id == by.AgentId)
        {
            throw new RuleBrokenException("own_account", "Somebody else must do this to your own account");
        }
    }

    public static async Task MustBeFreeAsync(this IFikoDb db, string email, CancellationToken ct)
    {
        // The index says so for certain; looking first gives the refusal its words.
        if (await db.Agents.AnyAsync(a => a.Email == email && a.RemovedAt == null, ct))
        {
            throw new RuleBrokenException("email_taken", "Another user has this email", "email");
        }
    }

    /// <summary>Ends every login of an agent, but for one.</summary>
    /// <returns>Those that were live.</returns>
    public static async Task<IReadOnlyList<long>> RevokeSessionsAsync(
        this IFikoDb db, long agentId, string because, DateTimeOffset now, CancellationToken ct, long? except = null)
    {
        var live = await db.Sessions.Where(s => s.AgentId == agentId && s.RevokedAt == null && s.ExpiresAt > now && s.Id != except).ToListAsync(ct);
        live.ForEach(s => s.Revoke(because, now));
        return live.ConvertAll(s => s.Id);
    }
}
