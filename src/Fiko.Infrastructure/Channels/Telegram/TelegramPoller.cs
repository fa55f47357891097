using Fiko.Application.Channels;
using Fiko.Domain.Channels;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Fiko.Infrastructure.Channels.Telegram;

/// <summary>Keeps one polling loop for each channel without a webhook; one that fails is no concern of the others.</summary>
internal sealed class TelegramPoller(
    IServiceScopeFactory scopes, ISecrets secrets, TelegramPolling polling, IOptions<TelegramOptions> options, TimeProvider time, ILogger<TelegramPoller> log)
    : BackgroundService
{
    private readonly Dictionary<long, Loop> _loops = [];

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var tick = new PeriodicTimer(options.Value.PollRefresh, time);
        try
        {
            do
            {
                await LookAsync(stoppingToken);
            }
            while (await tick.WaitForNextTickAsync(stoppingToken));
        }
        catch (OperationCanceledException)
        {
            // The server stops, and the loops with it.
        }
        finally
        {
            await Task.WhenAll(_loops.Values.Select(l => l.StopAsync()));
        }
    }

    private async Task LookAsync(CancellationToken stopping)
    {
        try
        {
            var wanted = await scopes.AskAsync(new ListPolledChannels(ChannelName.Telegram), stopping);
            foreach (var gone in _loops.Where(l => !wanted.Any(w => w.Id == l.Key && w.SealedToken == l.Value.SealedToken)).ToList())
            {
                _loops.Remove(gone.Key);
                await gone.Value.StopAsync();
                log.PollingStopped(gone.Key);
            }

            foreach (var channel in wanted.Where(w => !_loops.ContainsKey(w.Id)))
            {
                if (secrets.Open(channel.SealedToken) is { } token)
                {
                    _loops[channel.Id] = new Loop(channel, running => polling.RunAsync(channel, token, running), stopping);
                    log.PollingStarted(channel.Id);
                }
            }
        }
        catch (Exception failed) when (!stopping.IsCancellationRequested)
        {
            log.PollLookFailed(failed);
        }
    }

    private sealed class Loop
    {
        private readonly CancellationTokenSource _stop;
        private readonly Task _running;

        public Loop(PolledChannel channel, Func<CancellationToken, Task> run, CancellationToken stopping)
        {
            SealedToken = channel.SealedToken;
            _stop = CancellationTokenSource.CreateLinkedTokenSource(stopping);
            _running = Task.Run(() => run(_stop.Token), CancellationToken.None);
        }

        public string SealedToken { get; }

        public async Task StopAsync()
        {
            await _stop.CancelAsync();
            await _running.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            _stop.Dispose();
        }
    }
}
