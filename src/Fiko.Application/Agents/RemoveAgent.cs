using Fiko.Application.Audit;
using Fiko.Application.Auth;
using Fiko.Application.Resources;
using Fiko.Application.Shared;
using Fiko.Domain.Agents;
using MediatR;

namespace Fiko.Application.Agents;

/// <summary>Takes somebody out of the workspace for good (rest.md, Users). What they wrote stays, with their name.</summary>
/// <param name="By">An administrator, and not oneself; for an owner, an owner.</param>
/// <param name="Id">Whom.</param>
/// <param name="IfMatch">The version that the administrator saw, where that matters.</param>
public sealed record RemoveAgent(Caller By, long Id, int? IfMatch) : IRequest<Unit>;

internal sealed class RemoveAgentHandler(IMediator mediator, ISessionEvents sessions) : IRequestHandler<RemoveAgent, Unit>
{
    public async Task<Unit> Handle(RemoveAgent remove, CancellationToken ct)
    {
        remove.By.MustAdminister();
        foreach (var session in await mediator.Send(new HideAgent(remove.By, remove.Id, remove.IfMatch), ct))
        {
            sessions.Ended(session);
        }

        sessions.AgentEnded(remove.Id);
        return Unit.Value;
    }
}

/// <summary>The stored half of a removal.</summary>
/// <returns>The logins that ended with it.</returns>
internal sealed record HideAgent(Caller By, long Id, int? IfMatch) : ICommand<IReadOnlyList<long>>, IAudited<IReadOnlyList<long>>
{
    public AuditNote? Audit(IReadOnlyList<long> result) => new("user.removed", $"user_{Id}");
}

internal sealed class HideAgentHandler(IFikoDb db, TimeProvider time) : IRequestHandler<HideAgent, IReadOnlyList<long>>
{
    public async Task<IReadOnlyList<long>> Handle(HideAgent hide, CancellationToken ct)
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

        agent.Remove(time.Now());
        var ended = await db.RevokeSessionsAsync(agent.Id, "deactivated", time.Now(), ct);
        await db.SaveChangesAsync(ct);
        return ended;
    }
}
