using System.Text.Json.Serialization;
using Fiko.Application.Realtime;
using Fiko.Application.Resources;
using Fiko.Domain.Agents;

namespace Fiko.Application.Agents;

/// <summary>A colleague as the workspace sees them (rest.md, Users).</summary>
/// <param name="Id">The wire's <c>user_id</c>.</param>
/// <param name="Email">What they log in with.</param>
/// <param name="FirstName">May be empty.</param>
/// <param name="LastName">May be empty.</param>
/// <param name="Role"><c>owner</c>, <c>admin</c> or <c>agent</c>.</param>
/// <param name="IsActive">False where they may not log in.</param>
/// <param name="IsOnline">Whether they have a socket open.</param>
/// <param name="CreatedAt">Since when they belong to the workspace.</param>
/// <param name="Version">Rises with each change; not with their coming and going.</param>
public sealed record AgentView(
    long Id,
    string Email,
    string FirstName,
    string LastName,
    [property: NamesOf(typeof(Role))] string Role,
    bool IsActive,
    bool IsOnline,
    DateTimeOffset CreatedAt,
    [property: JsonIgnore] int Version) : IVersioned
{
    internal static AgentView Of(Agent agent, IReadOnlySet<long> online) => new(
        agent.Id,
        agent.Email,
        agent.FirstName,
        agent.LastName,
        WireName.Of(agent.Role),
        agent.IsActive,
        online.Contains(agent.Id),
        agent.CreatedAt,
        agent.Version);
}
