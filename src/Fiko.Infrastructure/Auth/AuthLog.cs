using Microsoft.Extensions.Logging;

namespace Fiko.Infrastructure.Auth;

/// <summary>Everything that authentication says in a log: never a token, an address or a claim.</summary>
internal static partial class AuthLog
{
    [LoggerMessage(1, LogLevel.Warning, "Jwt:Authority is set without Jwt:Audience: any token of that identity provider is believed, whatever application it was made for")]
    public static partial void AnyAudience(this ILogger log);

    [LoggerMessage(2, LogLevel.Error, "A refused login could not be written to the audit")]
    public static partial void RefusedLoginNotNoted(this ILogger log, Exception problem);

    [LoggerMessage(3, LogLevel.Error, "Unused tickets could not be forgotten; tried again in a minute")]
    public static partial void TicketsNotSwept(this ILogger log, Exception problem);
}
