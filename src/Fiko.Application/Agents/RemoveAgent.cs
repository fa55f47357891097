using Fiko.Application.Audit;
using Fiko.Application.Auth;
using Fiko.Application.Resources;
using Fiko.Application.Shared;
using Fiko.Domain.Agents;
using Fiko.Domain.Conversations;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace Fiko.Application.Agents;

/// <summary>
/// Takes somebody out of the workspace for good (rest.md, Users). What they wrote stays, with their name; what they had open is
/// nobody's again.
/// </summary>
/// <param name="By">An administrator, and not oneself; for an owner, an owner.</param>
/// <param name="Id">Whom.</param>
/// <param name="IfMatch">The version that the administrator saw, where that matters.</param>
public sealed record RemoveAgent(Caller By, long Id, int? IfMatch) : IRequest<Unit>;

internal sealed class RemoveAgentHandler(IMediator mediator, ISessionEvents sessions) : IRequestHandler<RemoveAgent, Unit>
{
    public async Task<Unit> Handle(RemoveAgent remove, CancellationToken ct)
    {
        remove.By.MustAdminister();
        IReadOnlyList<long>? ended;
        do
        {
            ended = await mediator.Send(new HideAgent(remove.By, remove.Id, remove.IfMatch), ct);
        }
        while (ended is null);

        foreach (var session in ended)
        {
            sessions.Ended(session);
        }

        sessions.AgentEnded(remove.Id);
        return Unit.Value;
    }
}

/// <summary>
/// The stored half of a removal: gives back the next open conversations of the agent, and hides them together with the last of
/// these. So nobody who is gone has any, and a removal that was cut off is repeated.
/// </summary>
/// <returns>The logins that ended with it; null where there are conversations left.</returns>
internal sealed record HideAgent(Caller By, long Id, int? IfMatch) : ICommand<IReadOnlyList<long>?>, IAudited<IReadOnlyList<long>?>
{
    public AuditNote? Audit(IReadOnlyList<long>? result) => result is null ? null : new("user.removed", $"user_{Id}");
}

internal sealed class HideAgentHandler(IFikoDb db, TimeProvider time) : IRequestHandler<HideAgent, IReadOnlyList<long>?>
{
    private const int Batch = 200;

    public async Task<IReadOnlyList<long>?> Handle(HideAgent hide, CancellationToken ct)
    {
        var actor = await db.ActorAsync(hide.By, ct);
        var agent = await db.ColleagueAsync(hide.By, hide.Id, ct);
        Versions.MustMatch(hide.IfMatch, agent.Version);
        agent.MustNotBe(hide.By);
        if (agent.Role is Role.Owner)
        {
            await db.ChangeOwnersAsync(actor, ct);
            await db.MustLeaveAnOwnerAsync(agent, ct);
        }

        if (await GiveBackAsync(agent, actor, ct) == Batch)
        {
            return null;
        }

        agent.Remove(time.Now());
        var ended = await db.RevokeSessionsAsync(agent.Id, "deactivated", time.Now(), ct);
        await db.SaveChangesAsync(ct);
        return ended;
    }

    // What is closed keeps the name of who took care of it.
    private async Task<int> GiveBackAsync(Agent agent, Agent actor, CancellationToken ct)
    {
        var theirs = await db.Conversations
            .Where(c => c.WorkspaceId == agent.WorkspaceId && c.AssignedTo == agent.Id && c.Status != ConversationStatus.Closed)
            .OrderBy(c => c.Id).Take(Batch).ToListAsync(ct);
        foreach (var conversation in theirs)
        {
            conversation.Assign(null, actor.Id);
        }

        await db.SaveChangesAsync(ct);
        return theirs.Count;
    }
}
