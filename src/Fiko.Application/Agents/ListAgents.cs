using System.Text;
using Fiko.Application.Realtime;
using Fiko.Application.Resources;
using Fiko.Application.Shared;
using Fiko.Domain.Agents;
using FluentValidation;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace Fiko.Application.Agents;

/// <summary>The people of the workspace, for all of them: who assigns a conversation must know to whom.</summary>
/// <param name="By">Who asks.</param>
/// <param name="Paging">Which page; sorted by <c>created_at</c>, <c>email</c>, <c>first_name</c> or <c>last_name</c>.</param>
/// <param name="Role">Only these.</param>
/// <param name="IsActive">Only those who may log in, or may not.</param>
/// <param name="Search">Words of names or emails.</param>
public sealed record ListAgents(Caller By, Paging Paging, string? Role = null, bool? IsActive = null, string? Search = null) : IRequest<Page<AgentView>>;

/// <summary>One of them.</summary>
public sealed record GetAgent(Caller By, long Id) : IRequest<AgentView>;

internal sealed class ListAgentsValidator : AbstractValidator<ListAgents>
{
    private const int LongestSearch = 100;

    public ListAgentsValidator()
    {
        RuleFor(l => l.Role).Must(r => r is null || AgentFields.IsRole(r)).AsInvalidField("role");
        RuleFor(l => l.Search).Must(s => s is null || (s.Length <= LongestSearch && !string.IsNullOrWhiteSpace(s))).AsInvalidField("search");
    }
}

internal sealed class ListAgentsHandler(IFikoDb db, IOnlineAgents online) : IRequestHandler<ListAgents, Page<AgentView>>
{
    private static readonly Ordering<Agent> Orders = new Ordering<Agent>(a => a.Id)
        .By("created_at", a => a.CreatedAt)
        .By("email", a => a.Email)
        .By("first_name", a => a.FirstName)
        .By("last_name", a => a.LastName);

    public async Task<Page<AgentView>> Handle(ListAgents list, CancellationToken ct)
    {
        var keys = await Orders.PageAsync(Matching(list), list.Paging, ct);
        var ids = keys.Ids.ToArray();
        var agents = await db.Agents.AsNoTracking().Where(a => EF.Parameter(ids).Contains(a.Id)).ToListAsync(ct);
        var present = online.Of(list.By.WorkspaceId);
        return keys.With(agents.Select(a => AgentView.Of(a, present)), v => v.Id);
    }

    private IQueryable<Agent> Matching(ListAgents list)
    {
        var matching = db.Agents.VisibleTo(list.By);
        if (list.Role is not null && WireName.TryRead<Role>(list.Role, out var role))
        {
            matching = matching.Where(a => a.Role == role);
        }

        if (list.IsActive is { } active)
        {
            matching = matching.Where(a => a.IsActive == active);
        }

        foreach (var word in list.Search?.Split(' ', StringSplitOptions.RemoveEmptyEntries) ?? [])
        {
            var (pattern, small) = (Pattern(word), Pattern(word.ToLowerInvariant()));
            matching = matching.Where(a =>
                EF.Functions.Like(a.FirstName, pattern, "\\") || EF.Functions.Like(a.LastName, pattern, "\\") || EF.Functions.Like(a.Email, small, "\\"));
        }

        return matching;
    }

    private static string Pattern(string word)
    {
        var pattern = new StringBuilder("%");
        foreach (var c in word)
        {
            pattern.Append(c is '%' or '_' or '\\' or '[' ? "\\" : "").Append(c);
        }

        return pattern.Append('%').ToString();
    }
}

internal sealed class GetAgentHandler(IFikoDb db, IOnlineAgents online) : IRequestHandler<GetAgent, AgentView>
{
    public async Task<AgentView> Handle(GetAgent get, CancellationToken ct) =>
        AgentView.Of(await db.ColleagueAsync(get.By, get.Id, ct), online.Of(get.By.WorkspaceId));
}
