using System.Globalization;
using System.Text;
using Fiko.Application.Auth;
using Microsoft.Extensions.Options;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace Fiko.Infrastructure.Auth;

internal sealed class AccessTokens(IOptions<JwtOptions> options, TimeProvider time) : IAccessTokens
{
    private readonly JsonWebTokenHandler _handler = new() { SetDefaultTimesOnTokenCreation = false };

    public bool CanIssue => !options.Value.HasAuthority;

    public TimeSpan RefreshLifetime => options.Value.RefreshTokenLifetime;

    public AccessToken Issue(long agentId, long sessionId)
    {
        var jwt = options.Value;
        var now = time.GetUtcNow();
        var token = _handler.CreateToken(new SecurityTokenDescriptor
        {
            Claims = new Dictionary<string, object>
            {
                [TokenClaims.Subject] = agentId.ToString(CultureInfo.InvariantCulture),
                [TokenClaims.Session] = sessionId.ToString(CultureInfo.InvariantCulture),
                [TokenClaims.TokenType] = TokenClaims.Access,
                [JwtRegisteredClaimNames.Jti] = Guid.NewGuid().ToString("N"),
            },
            IssuedAt = now.UtcDateTime,
            Expires = (now + jwt.AccessTokenLifetime).UtcDateTime,
            Issuer = string.IsNullOrWhiteSpace(jwt.Issuer) ? null : jwt.Issuer,
            Audience = string.IsNullOrWhiteSpace(jwt.Audience) ? null : jwt.Audience,
            SigningCredentials = new SigningCredentials(KeyOf(jwt), SecurityAlgorithms.HmacSha256),
        });
        return new AccessToken(token, (int)jwt.AccessTokenLifetime.TotalSeconds);
    }

    internal static SymmetricSecurityKey KeyOf(JwtOptions jwt) => new(Encoding.UTF8.GetBytes(jwt.SigningKey!));
}

/// <summary>The claims that Fiko reads (protocol.md, section 1).</summary>
internal static class TokenClaims
{
    public const string Subject = "sub";

    /// <summary>The user id in tokens of the earlier backend.</summary>
    public const string UserId = "user_id";

    public const string Session = "sid";

    public const string TokenType = "token_type";

    public const string Access = "access";

    public const string Email = "email";

    public const string EmailVerified = "email_verified";
}
