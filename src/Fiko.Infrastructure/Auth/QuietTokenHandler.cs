using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace Fiko.Infrastructure.Auth;

/// <summary>
/// Says that a token is bad, and not why: the library's reasons quote headers, issuers and key ids, and the framework
/// writes them to the log and into WWW-Authenticate.
/// </summary>
internal sealed class QuietTokenHandler : JsonWebTokenHandler
{
    public override async Task<TokenValidationResult> ValidateTokenAsync(string token, TokenValidationParameters validationParameters)
    {
        var result = await base.ValidateTokenAsync(token, validationParameters);
        return result.IsValid ? result : new TokenValidationResult { IsValid = false, Exception = Quiet(result.Exception) };
    }

    // The bearer handler tells an unknown key apart by this type and then asks the identity provider for new ones.
    private static SecurityTokenException Quiet(Exception reason) => reason is SecurityTokenSignatureKeyNotFoundException
        ? new SecurityTokenSignatureKeyNotFoundException("The token is not valid")
        : new SecurityTokenException("The token is not valid");
}
