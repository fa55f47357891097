using System.Globalization;
using Fiko.Application.Channels;
using Fiko.Application.Messaging;
using Microsoft.Extensions.Options;
using Telegram.Bot;
using Telegram.Bot.Exceptions;

namespace Fiko.Infrastructure.Channels.Telegram;

/// <summary>One call for a bot: with a time-out, without a retry, and with every failure said as an outcome.</summary>
internal sealed class TelegramCalls(TelegramClients clients, IOptions<DeliveryOptions> options, TimeProvider time)
{
    // Bytes in a second, on a line that is slow but not broken.
    private const int SlowLine = 128 * 1024;

    private static readonly TimeSpan CourtesyTimeout = TimeSpan.FromSeconds(5);

    /// <param name="channel">Which bot.</param>
    /// <param name="chat">Where.</param>
    /// <param name="call">One call; it tells the platform's id of what it sent.</param>
    /// <param name="ct">The caller's patience, beside our own.</param>
    /// <param name="alreadyDone">What Telegram answers where the call was made before: that is as good as done.</param>
    /// <param name="upload">Bytes that go with it.</param>
    public async Task<SendOutcome> SendAsync(
        ChannelConnection channel, string chat, Func<ITelegramBotClient, long, CancellationToken, Task<string?>> call, CancellationToken ct,
        string? alreadyDone = null, long upload = 0)
    {
        if (!TelegramClients.IsToken(channel.Token))
        {
            return new SendOutcome.Refused("The bot token is not valid", ChannelBroken: true);
        }

        if (!TryNumber(chat, out var id))
        {
            return new SendOutcome.Refused("Bad Request: chat not found");
        }

        if (ct.IsCancellationRequested)
        {
            return new SendOutcome.NotTaken("The server is stopping");
        }

        using var limit = new CancellationTokenSource(PatienceFor(upload), time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(ct, limit.Token);
        try
        {
            return new SendOutcome.Sent(await call(clients.For(channel.Token), id, either.Token));
        }
        catch (FileUnreadableException unread)
        {
            return unread.IsForGood ? new SendOutcome.Refused(unread.Message) : new SendOutcome.NotTaken(unread.Message);
        }
        catch (ApiRequestException done) when (alreadyDone is not null && TelegramFailures.Says(done, alreadyDone))
        {
            return new SendOutcome.Sent(null);
        }
        catch (Exception failure)
        {
            // Every failure is an outcome, our own stop included: the request may have left before it.
            return TelegramFailures.Outcome(failure, channel.Token, gaveUp: either.IsCancellationRequested);
        }
    }

    /// <summary>A courtesy: nobody misses one that fails.</summary>
    public async Task TryAsync(ChannelConnection channel, string chat, Func<ITelegramBotClient, long, CancellationToken, Task> say, CancellationToken ct)
    {
        if (!TelegramClients.IsToken(channel.Token) || !TryNumber(chat, out var id))
        {
            return;
        }

        using var limit = new CancellationTokenSource(CourtesyTimeout, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(ct, limit.Token);
        try
        {
            await say(clients.For(channel.Token), id, either.Token);
        }
        catch (Exception)
        {
            // Whatever it is, a real message will meet it too, and say so.
        }
    }

    /// <summary>Asks something that changes nothing, so that a failure is either final or worth another try.</summary>
    public async Task<TOutcome> AskAsync<TOutcome>(
        ChannelConnection channel, TimeSpan patience, Func<ITelegramBotClient, CancellationToken, Task<TOutcome>> ask, Func<AskFailure, TOutcome> failed, CancellationToken ct)
    {
        if (!TelegramClients.IsToken(channel.Token))
        {
            return failed(new AskFailure("The bot token is not valid", IsFinal: true));
        }

        using var limit = new CancellationTokenSource(patience, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(ct, limit.Token);
        try
        {
            return await ask(clients.For(channel.Token), either.Token);
        }
        catch (Exception failure) when (failure is RequestException or OperationCanceledException or HttpRequestException)
        {
            return failed(TelegramFailures.Ask(failure, channel.Token));
        }
    }

    public static bool TryNumber(string chat, out long id) => long.TryParse(chat, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out id);

    // A large file takes its time; a small one that hangs need not wait as long to be known as lost.
    private TimeSpan PatienceFor(long upload)
    {
        var needed = options.Value.SendTimeout + TimeSpan.FromSeconds((double)upload / SlowLine);
        return upload == 0 || needed < options.Value.FileSendTimeout ? needed : options.Value.FileSendTimeout;
    }
}

/// <summary>Why a question was not answered.</summary>
/// <param name="Reason">Fit to be shown.</param>
/// <param name="IsFinal">Asking again would bring the same.</param>
/// <param name="RetryAfter">When Telegram said so.</param>
internal readonly record struct AskFailure(string Reason, bool IsFinal, TimeSpan? RetryAfter = null);

/// <summary>A file that was to be sent could not be opened; nothing has left.</summary>
internal sealed class FileUnreadableException(string message, bool isForGood, Exception inner) : Exception(message, inner)
{
    public bool IsForGood { get; } = isForGood;
}
