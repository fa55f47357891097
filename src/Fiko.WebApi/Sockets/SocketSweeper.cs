using Fiko.Infrastructure.Auth;
using Microsoft.Extensions.Options;

namespace Fiko.WebApi.Sockets;

/// <summary>Ends the sockets whose token has expired, at most a second late, with one timer for all of them.</summary>
internal sealed class SocketSweeper(SocketRegistry registry, IOptions<JwtOptions> jwt, TimeProvider time, IHostApplicationLifetime host) : BackgroundService
{
    private static readonly TimeSpan Every = TimeSpan.FromSeconds(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await using var goingAway = host.ApplicationStopping.Register(Empty);
        using var tick = new PeriodicTimer(Every, time);
        while (await tick.WaitForNextTickAsync(stoppingToken))
        {
            if (jwt.Value.EnforceExpiry)
            {
                Sweep();
            }
        }
    }

    private void Sweep()
    {
        var now = time.GetUtcNow();
        foreach (var socket in registry.All.Where(s => s.Expires <= now))
        {
            socket.EndAuthentication();
        }
    }

    private void Empty()
    {
        foreach (var socket in registry.All)
        {
            socket.GoAway();
        }
    }
}
