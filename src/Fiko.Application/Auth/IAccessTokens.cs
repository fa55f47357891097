namespace Fiko.Application.Auth;

/// <summary>A signed access token and how many seconds it is good for.</summary>
public sealed record AccessToken(string Text, int ExpiresIn);

/// <summary>Issues the tokens that open everything else (protocol.md, section 1, claims).</summary>
public interface IAccessTokens
{
    /// <summary>False where an identity provider issues the tokens (<c>Jwt:Authority</c>) and this server none.</summary>
    bool CanIssue { get; }

    /// <summary>How long a session lives after its last refresh.</summary>
    TimeSpan RefreshLifetime { get; }

    AccessToken Issue(long agentId, long sessionId);
}
