using Fiko.Infrastructure.Auth;
using Microsoft.Extensions.Options;

namespace Fiko.WebApi.Sockets;

/// <summary>Warns and ends the sockets whose token expires, at most a second late, with one timer for all of them.</summary>
internal sealed class SocketSweeper(SocketRegistry registry, SocketPlaces places, IOptions<JwtOptions> jwt, TimeProvider time, ILogger<SocketSweeper> log)
    : BackgroundService
{
    private static readonly TimeSpan Every = TimeSpan.FromSeconds(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var tick = new PeriodicTimer(Every, time);
        while (await tick.WaitForNextTickAsync(stoppingToken))
        {
            if (jwt.Value.EnforceExpiry)
            {
                Sweep();
            }

            if (places.Tidy() is > 0 and var turnedAway)
            {
                log.TurnedAway(turnedAway);
            }
        }
    }

    private void Sweep()
    {
        var now = time.GetUtcNow();
        foreach (var socket in registry.All)
        {
            socket.LookAtToken(now);
        }
    }
}
