using System.Globalization;
using Fiko.Application.Channels;
using Telegram.Bot.Exceptions;

namespace Fiko.Infrastructure.Channels.Telegram;

/// <summary>What a failed call means (channels.md, 1.9 and 2.5): whether Telegram certainly did not take it, refused it, or nobody can know.</summary>
internal static class TelegramFailures
{
    private const int LongestReason = 300;

    /// <param name="failure">What the call threw.</param>
    /// <param name="token">Is kept out of every text.</param>
    /// <param name="gaveUp">Whether we ourselves ended the wait.</param>
    public static SendOutcome Outcome(Exception failure, string token, bool gaveUp) => failure switch
    {
        ApiRequestException { ErrorCode: 429 } busy => new SendOutcome.NotTaken(Reason(busy, token), RetryAfterOf(busy)),
        ApiRequestException { ErrorCode: >= 500 } down => new SendOutcome.NotTaken(Reason(down, token)),
        ApiRequestException { ErrorCode: 400, Parameters.MigrateToChatId: { } chat } => new SendOutcome.Moved(chat.ToString(CultureInfo.InvariantCulture)),
        ApiRequestException { ErrorCode: 401 or 404 } broken => new SendOutcome.Refused(Reason(broken, token), ChannelBroken: true),
        ApiRequestException { ErrorCode: 400 } odd when Says(odd, "REACTION_INVALID") => new SendOutcome.Refused("Telegram does not offer this reaction"),
        ApiRequestException { ErrorCode: >= 400 } refused => new SendOutcome.Refused(Reason(refused, token)),
        _ when HttpFailures.NeverConnected(failure) => new SendOutcome.NotTaken("Telegram could not be reached"),
        _ when gaveUp => new SendOutcome.Unknown("Telegram did not answer in time; the message may or may not have arrived"),
        RequestException { HttpStatusCode: { } status } => new SendOutcome.Unknown(
            $"Telegram's answer could not be read (status {(int)status}); the message may or may not have arrived"),
        _ => new SendOutcome.Unknown("The connection to Telegram broke; the message may or may not have arrived"),
    };

    /// <summary>
    /// What it means for a question that may be asked again. A file that is "temporarily unavailable" comes as a 400 too, and a
    /// token that was revoked may be replaced while the file waits.
    /// </summary>
    public static AskFailure Ask(Exception failure, string token) => failure switch
    {
        ApiRequestException { ErrorCode: 429 } busy => new AskFailure(Reason(busy, token), IsFinal: false, RetryAfterOf(busy)),
        ApiRequestException { ErrorCode: 401 or >= 500 } down => new AskFailure(Reason(down, token), IsFinal: false),
        ApiRequestException { ErrorCode: 400 } away when Says(away, "temporarily unavailable") => new AskFailure(Reason(away, token), IsFinal: false),
        ApiRequestException refused => new AskFailure(Reason(refused, token), IsFinal: true),
        _ => new AskFailure("Telegram could not be reached, or did not answer in time", IsFinal: false),
    };

    public static bool Says(ApiRequestException refused, string words) => refused.Message.Contains(words, StringComparison.OrdinalIgnoreCase);

    /// <summary>Telegram's own words, fit to be shown.</summary>
    public static string Reason(ApiRequestException refused, string token)
    {
        var words = refused.Message.ReplaceLineEndings(" ").Trim();
        var leaks = words.Contains(token, StringComparison.OrdinalIgnoreCase)
            || words.Contains("http", StringComparison.OrdinalIgnoreCase)
            || words.Contains("/bot", StringComparison.OrdinalIgnoreCase);
        return leaks || words.Length == 0
            ? $"Telegram refused it (error {refused.ErrorCode})"
            : TelegramContent.Cut(words, LongestReason);
    }

    private static TimeSpan? RetryAfterOf(ApiRequestException busy) => busy.Parameters?.RetryAfter is > 0 and var seconds ? TimeSpan.FromSeconds(seconds) : null;
}
