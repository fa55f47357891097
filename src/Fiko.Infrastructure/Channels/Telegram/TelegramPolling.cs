using System.Globalization;
using Fiko.Application.Channels;
using Fiko.Application.Shared;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Telegram.Bot;
using Telegram.Bot.Exceptions;

namespace Fiko.Infrastructure.Channels.Telegram;

/// <summary>
/// One channel's loop: fetch, store each update, only then move on (channels.md, 1.11). The package's own loop moves on first,
/// and a crash would lose what it had fetched.
/// </summary>
internal sealed class TelegramPolling(
    IServiceScopeFactory scopes, TelegramClients clients, IOptions<TelegramOptions> options, TimeProvider time, Random random, ILogger<TelegramPolling> log)
{
    private const int Batch = 100;

    private static readonly TimeSpan FirstPause = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LongestPause = TimeSpan.FromMinutes(1);

    // A poll that outlives its own time-out by this much has lost its connection.
    private static readonly TimeSpan Slack = TimeSpan.FromSeconds(10);

    // After a week of silence the numbers of updates start anew; then only asking without an offset is sure to get them.
    private static readonly TimeSpan OffsetLifetime = TimeSpan.FromDays(6);

    public async Task RunAsync(PolledChannel channel, string token, CancellationToken ct)
    {
        var (offset, heard, failures) = (channel.Offset, channel.LastEventAt, 0);
        while (!ct.IsCancellationRequested)
        {
            try
            {
                var began = time.GetTimestamp();
                var from = offset > 0 && time.Now() - heard < OffsetLifetime ? offset : (long?)null;
                var next = await StoreAsync(channel.Id, await FetchAsync(token, from, ct), ct);
                if (failures > 0)
                {
                    failures = 0;
                    await scopes.AskAsync(new NoteChannelHealth(channel.Id, null), ct);
                }

                if (next is { } moved)
                {
                    (offset, heard) = (moved, time.Now());
                }
                else if (time.GetElapsedTime(began) < FirstPause)
                {
                    // Nothing to tell, and said at once: a server that holds no poll open must not be asked without end.
                    await Task.Delay(FirstPause, time, ct);
                }
            }
            catch (Exception) when (ct.IsCancellationRequested)
            {
                return;
            }
            catch (Exception failed)
            {
                await RestAsync(channel.Id, failed, token, ++failures, ct);
            }
        }
    }

    private async Task<IReadOnlyList<string>> FetchAsync(string token, long? offset, CancellationToken ct)
    {
        using var limit = new CancellationTokenSource(options.Value.PollTimeout + Slack, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(ct, limit.Token);
        var request = new FetchUpdatesRequest { Offset = offset, Limit = Batch, Timeout = (int)options.Value.PollTimeout.TotalSeconds, AllowedUpdates = TelegramUpdates.Wanted };
        return [.. (await clients.For(token).SendRequest(request, either.Token)).Select(u => u.GetRawText())];
    }

    private async Task<long?> StoreAsync(long channelId, IReadOnlyList<string> updates, CancellationToken ct)
    {
        long? next = null;
        foreach (var update in updates)
        {
            var identity = TelegramReader.Identify(update);
            await scopes.AskAsync(new AcceptUpdate(channelId, identity.Key, identity.Lane, update), ct);
            if (long.TryParse(identity.Key, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var id))
            {
                next = id + 1;
            }
        }

        if (next is { } offset)
        {
            await scopes.AskAsync(new AdvancePolling(channelId, offset), ct);
        }
        else if (updates.Count > 0)
        {
            throw new InvalidOperationException("Updates without numbers");
        }

        return next;
    }

    private async Task RestAsync(long channelId, Exception failed, string token, int failures, CancellationToken ct)
    {
        var refused = failed as ApiRequestException;
        var grown = TimeSpan.FromTicks(Math.Min(LongestPause.Ticks, FirstPause.Ticks << Math.Min(failures - 1, 10)));
        var pause = grown * (0.5 + (random.NextDouble() / 2));
        if (refused?.Parameters?.RetryAfter is { } seconds && seconds > pause.TotalSeconds)
        {
            pause = TimeSpan.FromSeconds(seconds);
        }

        // Not the exception: a call's text may name the address, and the address holds the token.
        log.PollingFailed(channelId, refused is null ? failed.GetType().Name : $"error {refused.ErrorCode}", pause);
        try
        {
            if (refused is { ErrorCode: 401 or 404 or 409 })
            {
                await scopes.AskAsync(new NoteChannelHealth(channelId, TelegramFailures.Reason(refused, token)), ct);
            }
        }
        catch (Exception unheard) when (!ct.IsCancellationRequested)
        {
            log.PollLookFailed(unheard);
        }

        await Task.Delay(pause, time, ct).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }
}
