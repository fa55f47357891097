namespace Fiko.WebApi.Hosting;

/// <summary>What the server says about itself.</summary>
internal static partial class HostingLog
{
    [LoggerMessage(400, LogLevel.Information, "Fiko is reached at {Url}; sockets at /ws/conversations/ and /ws/chat/{{id}}/, REST at /api/v1")]
    public static partial void Listening(this ILogger log, string url);

    [LoggerMessage(406, LogLevel.Information, "Read about its API at {Url}")]
    public static partial void ReferenceAt(this ILogger log, string url);

    [LoggerMessage(401, LogLevel.Information, "Write as a customer at {Url}")]
    public static partial void SandboxAt(this ILogger log, string url);

    [LoggerMessage(402, LogLevel.Information, "Demo accounts: {Owner} (owner), {First} and {Second} (agents), password {Password}")]
    public static partial void DemoAccounts(this ILogger log, string owner, string first, string second, string password);

    [LoggerMessage(403, LogLevel.Information, "The database is up to date")]
    public static partial void Migrated(this ILogger log);

    [LoggerMessage(404, LogLevel.Information, "The demo workspace was created")]
    public static partial void DemoCreated(this ILogger log);

    [LoggerMessage(405, LogLevel.Error, "A request failed")]
    public static partial void RequestFailed(this ILogger log, Exception failed);
}
