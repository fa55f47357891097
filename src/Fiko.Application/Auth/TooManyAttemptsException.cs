namespace Fiko.Application.Auth;

/// <summary>Too many logins failed lately: 429, and how long to stay away (rest.md, Auth).</summary>
public sealed class TooManyAttemptsException(TimeSpan retryAfter) : Exception("Too many failed logins")
{
    public TimeSpan RetryAfter { get; } = retryAfter;
}
