using System.Text;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace Fiko.Infrastructure.Auth;

/// <summary>How access tokens are signed and believed (running.md, Settings). Empty means not set.</summary>
public sealed class JwtOptions
{
    public const string Section = "Jwt";

    /// <summary>HS256's least: a shorter key is weaker than the hash (RFC 7518, section 3.2).</summary>
    public const int LeastKeyBytes = 32;

    public string? SigningKey { get; set; }

    public string? Issuer { get; set; }

    public string? Audience { get; set; }

    /// <summary>An identity provider whose published keys are believed instead of <see cref="SigningKey"/>.</summary>
    public string? Authority { get; set; }

    public TimeSpan AccessTokenLifetime { get; set; } = TimeSpan.FromMinutes(30);

    public TimeSpan RefreshTokenLifetime { get; set; } = TimeSpan.FromDays(14);

    /// <summary>Whether a live socket ends with its token. A new connection never gets in with an expired one.</summary>
    public bool EnforceExpiry { get; set; } = true;

    internal bool HasAuthority => !string.IsNullOrWhiteSpace(Authority);
}

/// <summary>Stops the start with the key, its problem and the fix.</summary>
internal sealed class JwtOptionsCheck(IHostEnvironment environment) : IValidateOptions<JwtOptions>
{
    public ValidateOptionsResult Validate(string? name, JwtOptions options)
    {
        string[] problems = [.. Problems(options)];
        return problems.Length == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(problems);
    }

    private IEnumerable<string> Problems(JwtOptions options)
    {
        const string Fix = "Set Jwt__SigningKey to a secret of 32 bytes or more, for example the output of: openssl rand -base64 48";
        if (options.HasAuthority)
        {
            if (!Uri.TryCreate(options.Authority, UriKind.Absolute, out var authority)
                || !(authority.Scheme == Uri.UriSchemeHttps || (authority.Scheme == Uri.UriSchemeHttp && environment.IsDevelopment())))
            {
                yield return "Jwt:Authority is not an https address. Set it to the issuer address of the identity provider, such as https://id.example.com/";
            }
        }
        else if (string.IsNullOrWhiteSpace(options.SigningKey))
        {
            yield return $"Jwt:SigningKey is missing. {Fix}";
        }
        else if (Encoding.UTF8.GetByteCount(options.SigningKey) is < JwtOptions.LeastKeyBytes and var bytes)
        {
            yield return $"Jwt:SigningKey is too short: {bytes} bytes. {Fix}";
        }

        if (options.AccessTokenLifetime < TimeSpan.FromSeconds(1))
        {
            yield return "Jwt:AccessTokenLifetime is shorter than a second. Set it to a time span such as 00:30:00";
        }

        if (options.RefreshTokenLifetime < TimeSpan.FromSeconds(1))
        {
            yield return "Jwt:RefreshTokenLifetime is shorter than a second. Set it to a time span such as 14.00:00:00";
        }
    }
}
