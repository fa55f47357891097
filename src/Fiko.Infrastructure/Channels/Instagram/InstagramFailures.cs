using Fiko.Application.Channels;

namespace Fiko.Infrastructure.Channels.Instagram;

/// <summary>
/// What a failed call means: whether Instagram certainly did not take it, refused it, or nobody can know
/// (developers.facebook.com/docs/messenger-platform/error-codes).
/// </summary>
internal static class InstagramFailures
{
    private const int LongestReason = 300;
    private const string MayHaveArrived = "the message may or may not have arrived";

    public static SendOutcome Outcome(GraphAnswer answer, string token) => answer switch
    {
        { Error: { } error } => Outcome(error, answer, Reason(error, token)),
        { Status: 429 } => new SendOutcome.NotTaken("Instagram takes no more calls for now", answer.RetryAfter),
        { Status: >= 400 and < 500 and not 408 } => new SendOutcome.Refused($"Instagram refused it (status {answer.Status})"),

        // Somebody between us and Instagram has answered, or half an answer came: that says nothing of the message.
        _ => new SendOutcome.Unknown($"Instagram's answer could not be read (status {answer.Status}); {MayHaveArrived}"),
    };

    /// <param name="failure">What the call threw instead of an answer.</param>
    /// <param name="gaveUp">Whether we ourselves ended the wait.</param>
    public static SendOutcome Outcome(Exception failure, bool gaveUp) =>
        HttpFailures.NeverConnected(failure) ? new SendOutcome.NotTaken("Instagram could not be reached")
        : gaveUp ? new SendOutcome.Unknown($"Instagram did not answer in time; {MayHaveArrived}")
        : new SendOutcome.Unknown($"The connection to Instagram broke; {MayHaveArrived}");

    /// <summary>Instagram's own words, fit to be shown.</summary>
    public static string Reason(GraphError error, string token)
    {
        var words = error.Message.ReplaceLineEndings(" ").Trim();
        var leaks = words.Contains(token, StringComparison.OrdinalIgnoreCase)
            || words.Contains("://", StringComparison.Ordinal)
            || words.Contains("access_token=", StringComparison.OrdinalIgnoreCase)
            || (error.Trace is { Length: > 0 } trace && words.Contains(trace, StringComparison.Ordinal));
        return leaks || words.Length == 0
            ? $"Instagram refused it (error {error.Code}{(error.Subcode is { } sub ? $", {sub}" : "")})"
            : PlainText.Cut(words, LongestReason);
    }

    private static SendOutcome Outcome(GraphError error, GraphAnswer answer, string reason) => (error.Code, error.Subcode) switch
    {
        // An error that Meta lists although the message was sent.
        (1, 1357046) => new SendOutcome.Unknown($"{reason}; {MayHaveArrived}"),
        (1 or 2, _) => new SendOutcome.NotTaken(reason, answer.RetryAfter),
        (4 or 17 or 32 or 341 or 613, _) => new SendOutcome.NotTaken(reason, answer.RetryAfter),

        (10, 2534022 or 2018278) => new SendOutcome.Refused($"The time to answer is over until the customer writes again: {reason}"),
        (551, _) or (10, 2018108) or (200, 1545041) => new SendOutcome.Refused($"The customer can't be reached: {reason}"),
        (100, 2534014 or 2018001) => new SendOutcome.Refused($"The customer is not known to Instagram: {reason}"),
        (100, 2018008 or 2018047 or 2018109 or 2018294) => new SendOutcome.Refused($"Instagram could not take the file: {reason}"),
        (2018300, _) or (10, 2018300) => new SendOutcome.Refused($"Another application controls this conversation: {reason}"),

        (190 or 102, _) => new SendOutcome.Refused($"The access token does not work any more: {reason}", ChannelBroken: true),
        (368, _) or (10, 1893063) or (100, 2534029) => new SendOutcome.Refused($"Instagram has blocked the account for now: {reason}", ChannelBroken: true),
        (10 or (>= 200 and < 300), _) => new SendOutcome.Refused($"The account lacks a permission: {reason}", ChannelBroken: true),

        _ when answer.Status >= 500 || error.IsTransient => new SendOutcome.NotTaken(reason, answer.RetryAfter),
        _ when answer.Status == 429 => new SendOutcome.NotTaken(reason, answer.RetryAfter),
        _ => new SendOutcome.Refused(reason),
    };
}
