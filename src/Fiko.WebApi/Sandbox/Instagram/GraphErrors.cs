namespace Fiko.WebApi.Sandbox.Instagram;

/// <summary>Meta's errors (developers.facebook.com/docs/messenger-platform/error-codes): clients decide by code and subcode, so those are exact.</summary>
internal static class GraphErrors
{
    public static GraphAnswer InvalidToken() => GraphAnswer.Error(190, null, "Invalid OAuth access token - Cannot parse access token");

    public static GraphAnswer RateLimit(int retryAfter) =>
        GraphAnswer.Error(613, 2534040, "(#613) Calls to this api have exceeded the rate limit.") with { RetryAfter = retryAfter };

    public static GraphAnswer ServerError() =>
        Transient(GraphAnswer.Error(2, null, "An unexpected error has occurred. Please retry your request later.", StatusCodes.Status500InternalServerError));

    /// <summary>Told although the message was taken.</summary>
    public static GraphAnswer UnknownError() =>
        GraphAnswer.Error(1, 1357046, "An unknown error occurred", StatusCodes.Status500InternalServerError);

    public static GraphAnswer OutsideWindow() => GraphAnswer.Error(10, 2534022, "(#10) This message is sent outside of allowed window.");

    public static GraphAnswer NoSuchUser() => GraphAnswer.Error(100, 2534014, "(#100) No matching user found");

    public static GraphAnswer Blocked() => GraphAnswer.Error(551, 1545041, "(#551) This person isn't available right now.");

    public static GraphAnswer NoConsent() => GraphAnswer.Error(230, null, "(#230) User consent is required to access user profile");

    public static GraphAnswer NoSuchObject(string method, string id) => GraphAnswer.Error(
        100, 33, $"Unsupported {method.ToLowerInvariant()} request. Object with ID '{id}' does not exist, cannot be loaded due to missing permissions, or does not support this operation", type: "GraphMethodException");

    public static GraphAnswer UnknownPath(string path) => GraphAnswer.Error(2500, null, $"Unknown path components: /{path}");

    public static GraphAnswer Parameter(string reason) => GraphAnswer.Error(100, null, $"(#100) {reason}");

    public static GraphAnswer MediaNotFetched() => GraphAnswer.Error(100, 2018008, "(#100) Failed to fetch the file from the url");

    public static GraphAnswer MediaOfWrongType() => GraphAnswer.Error(100, 2018047, "(#100) Upload attachment failure");

    public static GraphAnswer MediaTooLarge() => GraphAnswer.Error(100, 2018109, "(#100) Attachment size exceeds allowable limit");

    public static GraphAnswer SandboxFull() => GraphAnswer.Error(2, null, "The sandbox is full of accounts", StatusCodes.Status500InternalServerError);

    private static GraphAnswer Transient(GraphAnswer answer)
    {
        answer.Body["error"]!["is_transient"] = true;
        return answer;
    }
}
