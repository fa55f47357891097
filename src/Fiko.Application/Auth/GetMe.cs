using Fiko.Application.Shared;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace Fiko.Application.Auth;

/// <summary>Who the caller is (rest.md, Auth).</summary>
public sealed record GetMe(Caller By) : IRequest<AccountView>;

internal sealed class GetMeHandler(IFikoDb db) : IRequestHandler<GetMe, AccountView>
{
    public async Task<AccountView> Handle(GetMe query, CancellationToken ct)
    {
        var agent = await db.Agents.AsNoTracking().SingleOrDefaultAsync(a => a.Id == query.By.AgentId && a.IsActive, ct);
        return AccountView.Of(agent ?? throw Refusals.AuthRequired());
    }
}
