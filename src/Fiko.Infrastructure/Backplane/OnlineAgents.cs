using System.Collections.Concurrent;
using Fiko.Application.Agents;
using Fiko.Infrastructure.Realtime;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Fiko.Infrastructure.Backplane;

/// <summary>
/// Who has a socket open, here or on another instance. Each tells the others whose sockets it has: within a second of a change,
/// and every 5 s for those that missed it.
/// </summary>
internal sealed class OnlineAgents(ILocalSockets sockets, IBackplane backplane, TimeProvider time, ILogger<OnlineAgents> log) : BackgroundService, IOnlineAgents
{
    private static readonly TimeSpan LookEvery = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan SayAnyway = TimeSpan.FromSeconds(5);

    private readonly ConcurrentDictionary<Guid, ILookup<long, long>> _elsewhere = new();
    private HashSet<OnlineAgent> _said = [];
    private long _saidAt;

    public IReadOnlySet<long> Of(long workspaceId)
    {
        var online = sockets.Callers.Where(c => c.WorkspaceId == workspaceId).Select(c => c.AgentId).ToHashSet();
        foreach (var agents in _elsewhere.Values)
        {
            online.UnionWith(agents[workspaceId]);
        }

        return online;
    }

    /// <summary>Another instance told whose sockets it has.</summary>
    public void Hear(Guid instance, Online online) => _elsewhere[instance] = online.Agents.ToLookup(a => a.WorkspaceId, a => a.AgentId);

    /// <summary>Another instance is no more.</summary>
    public void Lose(Guid instance) => _elsewhere.TryRemove(instance, out _);

    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        backplane.Say(new Online([]));
    }

    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        time.LookEveryAsync(LookEvery, SayIfDueAsync, log.BackplaneStumbled, stoppingToken);

    private Task SayIfDueAsync(CancellationToken ct)
    {
        var here = sockets.Callers.Select(c => new OnlineAgent(c.WorkspaceId, c.AgentId)).ToHashSet();
        if (backplane.HasPeers && (!here.SetEquals(_said) || time.GetElapsedTime(_saidAt) >= SayAnyway))
        {
            (_said, _saidAt) = (here, time.GetTimestamp());
            backplane.Say(new Online([.. here]));
        }

        return Task.CompletedTask;
    }
}
