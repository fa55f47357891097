using Fiko.Application.Channels;
using Fiko.Domain.Channels;
using Fiko.Infrastructure.Backplane;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Fiko.Infrastructure.Channels.Telegram;

/// <summary>
/// Keeps one polling loop for each channel without a webhook whose turn this server has; one that fails is no concern of the
/// others. A loop ends with its turn, so that a server that can't reach the database is not in another one's way.
/// </summary>
internal sealed class TelegramPoller(
    IServiceScopeFactory scopes,
    ISecrets secrets,
    TelegramPolling polling,
    IBackplane backplane,
    IOptions<TelegramOptions> options,
    TimeProvider time,
    ILogger<TelegramPoller> log)
    : BackgroundService
{
    private static readonly TimeSpan GivingBack = TimeSpan.FromSeconds(3);

    // Two looks may fail, and one take its time, before a turn is lost.
    private static readonly TimeSpan Slack = TimeSpan.FromSeconds(10);

    private readonly Dictionary<long, Loop> _loops = [];

    private TimeSpan TurnLength => (2 * options.Value.PollRefresh) + Slack;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            await time.LookEveryAsync(options.Value.PollRefresh, LookAsync, log.PollLookFailed, stoppingToken);
        }
        catch (OperationCanceledException)
        {
            // The server stops, and the loops with it.
        }
        finally
        {
            await Task.WhenAll(_loops.Values.Select(l => l.DisposeAsync().AsTask()));
            await GiveBackAsync();
        }
    }

    private async Task LookAsync(CancellationToken stopping)
    {
        var asked = time.GetTimestamp();
        var ours = await scopes.AskAsync(new TakePollTurns(ChannelName.Telegram, backplane.Instance, TurnLength), stopping);
        var left = TurnLength - time.GetElapsedTime(asked);
        foreach (var (id, loop) in _loops.ToList())
        {
            if (!ours.Any(c => c.Id == id && c.SealedToken == loop.SealedToken) || !loop.TryGoOn(left))
            {
                _loops.Remove(id);
                await loop.DisposeAsync();
                log.PollingStopped(id);
            }
        }

        foreach (var channel in ours.Where(c => !_loops.ContainsKey(c.Id)))
        {
            if (secrets.Open(channel.SealedToken) is { } token)
            {
                _loops[channel.Id] = new Loop(channel, running => polling.RunAsync(channel, token, running), left, time);
                log.PollingStarted(channel.Id);
            }
        }
    }

    private async Task GiveBackAsync()
    {
        if (_loops.Count == 0)
        {
            return;
        }

        try
        {
            using var limit = new CancellationTokenSource(GivingBack, time);
            await scopes.AskAsync(new EndPollTurns(backplane.Instance), limit.Token);
        }
        catch (Exception failed)
        {
            // They end by themselves.
            log.PollLookFailed(failed);
        }
    }

    private sealed class Loop : IAsyncDisposable
    {
        private readonly CancellationTokenSource _turn;
        private readonly Task _running;

        public Loop(PolledChannel channel, Func<CancellationToken, Task> run, TimeSpan turn, TimeProvider time)
        {
            SealedToken = channel.SealedToken;
            _turn = new CancellationTokenSource(turn, time);
            _running = Task.Run(() => run(_turn.Token), CancellationToken.None);
        }

        public string SealedToken { get; }

        /// <returns>Whether it is still running, and may do so for as long.</returns>
        public bool TryGoOn(TimeSpan turn)
        {
            _turn.CancelAfter(turn);
            return !_turn.IsCancellationRequested;
        }

        public async ValueTask DisposeAsync()
        {
            await _turn.CancelAsync();
            await _running.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            _turn.Dispose();
        }
    }
}
