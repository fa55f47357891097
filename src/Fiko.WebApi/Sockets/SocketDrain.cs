using Microsoft.Extensions.Options;

namespace Fiko.WebApi.Sockets;

/// <summary>
/// Empties the server before it stops (protocol.md, Shutdown). The host waits for this before it stops listening and before it
/// stops the workers: meanwhile sockets that are still open work as ever, customers' news is taken in, and what is sent is sent to the end.
/// </summary>
internal sealed class SocketDrain(
    Drain drain,
    SocketRegistry registry,
    IOptions<DrainOptions> options,
    TimeProvider time,
    Random chance,
    IHostApplicationLifetime host,
    ILogger<SocketDrain> log) : IHostedLifecycleService
{
    private static readonly TimeSpan Step = TimeSpan.FromMilliseconds(50);

    public Task StartAsync(CancellationToken ct)
    {
        host.ApplicationStopping.Register(drain.Begin);
        return Task.CompletedTask;
    }

    public async Task StoppingAsync(CancellationToken ct)
    {
        drain.Begin();
        var sockets = registry.All.ToArray();
        if (sockets.Length == 0)
        {
            return;
        }

        // By chance, or one workspace after the other would go as a whole.
        chance.Shuffle(sockets);
        var began = time.GetTimestamp();
        using var tick = new PeriodicTimer(Step, time);
        log.Draining(sockets.Length);
        for (var gone = 0; gone < sockets.Length;)
        {
            for (var due = DueAfter(time.GetElapsedTime(began), sockets.Length, ct); gone < due; gone++)
            {
                sockets[gone].GoAway((double)gone / sockets.Length);
            }

            if (gone < sockets.Length)
            {
                await NextAsync(tick, ct);
            }
        }
    }

    public Task StartingAsync(CancellationToken ct) => Task.CompletedTask;

    public Task StartedAsync(CancellationToken ct) => Task.CompletedTask;

    public Task StopAsync(CancellationToken ct) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken ct) => Task.CompletedTask;

    // Whoever is still there when the host's patience ends goes at once.
    private int DueAfter(TimeSpan elapsed, int all, CancellationToken impatient) =>
        impatient.IsCancellationRequested || elapsed >= options.Value.Period ? all : (int)(all * (elapsed / options.Value.Period));

    private static async Task NextAsync(PeriodicTimer tick, CancellationToken ct)
    {
        try
        {
            await tick.WaitForNextTickAsync(ct);
        }
        catch (OperationCanceledException)
        {
            // Then all are due.
        }
    }
}
