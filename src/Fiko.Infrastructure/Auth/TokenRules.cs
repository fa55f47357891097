using Microsoft.IdentityModel.Tokens;

namespace Fiko.Infrastructure.Auth;

/// <summary>What makes a token believable (protocol.md, section 1, claims).</summary>
internal static class TokenRules
{
    public static TokenValidationParameters Of(JwtOptions jwt, TimeProvider time)
    {
        var rules = new TokenValidationParameters
        {
            RequireSignedTokens = true,
            RequireExpirationTime = true,
            ValidateIssuerSigningKey = true,
            ValidateLifetime = true,
            ClockSkew = TimeSpan.Zero,

            // An own check of the lifetime replaces the library's whole, the missing exp included.
            LifetimeValidator = (from, until, _, _) => IsNow(from, until, time.GetUtcNow().UtcDateTime),
            ValidateIssuer = jwt.HasAuthority || !string.IsNullOrWhiteSpace(jwt.Issuer),
            ValidIssuer = string.IsNullOrWhiteSpace(jwt.Issuer) ? null : jwt.Issuer,
            ValidateAudience = !string.IsNullOrWhiteSpace(jwt.Audience),
            ValidAudience = jwt.Audience,
            LogValidationExceptions = false,
            LogTokenId = false,
        };

        // One family of algorithms or the other, never both: a published key must not pass for an HMAC secret.
        if (jwt.HasAuthority)
        {
            rules.ValidAlgorithms = [SecurityAlgorithms.RsaSha256, SecurityAlgorithms.EcdsaSha256];
        }
        else
        {
            rules.ValidAlgorithms = [SecurityAlgorithms.HmacSha256];
            rules.IssuerSigningKey = AccessTokens.KeyOf(jwt);
        }

        return rules;
    }

    // RFC 7519, 4.1.4: on or after exp it is over.
    private static bool IsNow(DateTime? from, DateTime? until, DateTime now) => until is { } end && now < end && !(now < from);
}
