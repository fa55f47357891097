using System.Globalization;
using System.Text.Json;

namespace Fiko.Infrastructure.Channels.Instagram;

/// <param name="Status">Meta does not promise which one an error has.</param>
/// <param name="Json">Null where the answer is no JSON object: then something else than the Graph API answered.</param>
/// <param name="RetryAfter">When the platform said so.</param>
internal sealed record GraphAnswer(int Status, JsonElement? Json, TimeSpan? RetryAfter)
{
    public bool IsOk => Status is >= 200 and < 300 && Json is not null && Error is null;

    public GraphError? Error { get; } = Json is { } answer ? GraphError.Of(answer) : null;
}

/// <summary>The Graph API's own account of a failure (developers.facebook.com/docs/graph-api/guides/error-handling). The code decides, not the status.</summary>
internal sealed record GraphError(int Code, int? Subcode, string Message, string? Trace, bool IsTransient)
{
    public static GraphError? Of(JsonElement answer)
    {
        if (answer.Object("error") is { } error)
        {
            return new GraphError(
                Number(error, "code") ?? 0,
                Number(error, "error_subcode"),
                error.Text("error_user_msg") ?? error.Text("message") ?? "",
                error.Text("fbtrace_id"),
                error.IsTrue("is_transient"));
        }

        // The endpoints of tokens say it in another form.
        return answer.Text("error_message") is { } message ? new GraphError(Number(answer, "code") ?? 0, null, message, null, IsTransient: false) : null;
    }

    private static int? Number(JsonElement error, string name) =>
        int.TryParse(error.Integer(name) ?? error.Text(name), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) ? number : null;
}
