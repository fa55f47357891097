using Fiko.Application.Shared;
using Fiko.Infrastructure.Realtime;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Fiko.Infrastructure.Backplane;

/// <summary>
/// Finds in the database whose sockets another instance ended, for the time when its word was lost: every second while nothing
/// is heard, else every 5 s. Two queries a thousand people, however many sockets.
/// </summary>
internal sealed class AccessWatch(IServiceScopeFactory scopes, ILocalSockets sockets, IBackplane backplane, TimeProvider time, ILogger<AccessWatch> log)
    : BackgroundService
{
    private const int Chunk = 1000;

    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        time.LookOutAsync(backplane, LookAsync, log.BackplaneStumbled, stoppingToken);

    private async Task LookAsync(CancellationToken ct)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<IFikoDb>();
        foreach (var some in sockets.Callers.Chunk(Chunk))
        {
            var sessionIds = some.Select(c => c.SessionId).OfType<long>().Distinct().ToArray();
            var ended = await db.Sessions.Where(s => sessionIds.Contains(s.Id) && s.RevokedAt != null).Select(s => s.Id).ToListAsync(ct);
            ended.ForEach(sockets.EndSession);

            var agentIds = some.Select(c => c.AgentId).Distinct().ToArray();
            var agents = await db.Agents.AsNoTracking().Where(a => agentIds.Contains(a.Id)).ToDictionaryAsync(a => a.Id, ct);
            foreach (var caller in some.DistinctBy(c => (c.AgentId, c.Name, c.Role)))
            {
                if (!agents.TryGetValue(caller.AgentId, out var agent) || !agent.IsActive)
                {
                    sockets.EndAgent(caller.AgentId);
                }
                else if (agent.Role != caller.Role || agent.DisplayName != caller.Name)
                {
                    sockets.RenewAgent(caller.AgentId);
                }
            }
        }
    }
}
