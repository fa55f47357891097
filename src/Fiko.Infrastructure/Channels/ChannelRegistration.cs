using Fiko.Application.Channels;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Fiko.Infrastructure.Channels;

/// <summary>
/// At every start, ties the connected accounts to this server once more: its address, the secret or the mode may have changed. It
/// waits until the server listens, since a stand-in for a platform may live in this very server.
/// </summary>
internal sealed class ChannelRegistration(IServiceScopeFactory scopes, IHostApplicationLifetime lifetime, TimeProvider time, ILogger<ChannelRegistration> log)
    : BackgroundService
{
    private static readonly TimeSpan FirstPause = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan LongestPause = TimeSpan.FromMinutes(5);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var started = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        using var listening = lifetime.ApplicationStarted.Register(started.SetResult);
        try
        {
            await started.Task.WaitAsync(stoppingToken);
            await Task.WhenAll((await ChannelsAsync(stoppingToken)).Select(id => ReconnectAsync(id, stoppingToken)));
        }
        catch (OperationCanceledException)
        {
            // The server stops.
        }
    }

    private async Task<IReadOnlyList<long>> ChannelsAsync(CancellationToken ct)
    {
        while (true)
        {
            try
            {
                return await scopes.AskAsync(new ListConnectedChannels(), ct);
            }
            catch (Exception failed) when (!ct.IsCancellationRequested)
            {
                log.ReconnectLookFailed(failed);
                await Task.Delay(FirstPause, time, ct);
            }
        }
    }

    private async Task ReconnectAsync(long channelId, CancellationToken ct)
    {
        for (var pause = FirstPause; ; pause = pause * 2 < LongestPause ? pause * 2 : LongestPause)
        {
            try
            {
                if (await scopes.AskAsync(new ReconnectChannel(channelId), ct))
                {
                    return;
                }

                log.ReconnectFailed(channelId, pause);
            }
            catch (Exception failed) when (!ct.IsCancellationRequested)
            {
                log.ReconnectLookFailed(failed);
            }

            await Task.Delay(pause, time, ct);
        }
    }
}
