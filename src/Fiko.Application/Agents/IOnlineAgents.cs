namespace Fiko.Application.Agents;

/// <summary>Who has a socket open, on any instance.</summary>
public interface IOnlineAgents
{
    IReadOnlySet<long> Of(long workspaceId);
}
