using Microsoft.AspNetCore.Authentication.JwtBearer;
using Microsoft.Extensions.Options;
using Microsoft.IdentityModel.Tokens;

namespace Fiko.Infrastructure.Auth;

/// <summary>Reads a token that came another way than with a request: the socket's <c>authenticate</c> frame.</summary>
public sealed class TokenReader
{
    private readonly IOptionsMonitor<JwtBearerOptions> _bearer;
    private readonly CallerLookup _callers;

    internal TokenReader(IOptionsMonitor<JwtBearerOptions> bearer, CallerLookup callers) => (_bearer, _callers) = (bearer, callers);

    /// <returns>Null for a token that opens nothing.</returns>
    public async Task<CallerFeature?> ReadAsync(string token, CancellationToken ct)
    {
        var options = _bearer.Get(JwtBearerDefaults.AuthenticationScheme);
        var rules = options.TokenValidationParameters.Clone();
        rules.ConfigurationManager = options.ConfigurationManager as BaseConfigurationManager;
        var result = await options.TokenHandlers[0].ValidateTokenAsync(token, rules);
        return result.IsValid && await _callers.FindAsync(result.ClaimsIdentity, ct) is { } caller
            ? new CallerFeature(caller, new DateTimeOffset(result.SecurityToken.ValidTo, TimeSpan.Zero))
            : null;
    }
}
