namespace Fiko.Application.Agents;

/// <summary>Who has a socket open.</summary>
public interface IOnlineAgents
{
    IReadOnlySet<long> Of(long workspaceId);
}
