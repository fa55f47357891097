using Fiko.Application.Auth;
using Microsoft.AspNetCore.Authentication.JwtBearer;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Microsoft.IdentityModel.Logging;

namespace Fiko.Infrastructure.Auth;

/// <summary>Tokens, passwords and the limit on failed logins; for REST and sockets alike.</summary>
public static class AuthenticationSetup
{
    /// <param name="services">Where <c>IFikoDb</c> and <c>ISessionEvents</c> are registered too.</param>
    /// <param name="configuration">Its section <c>Jwt</c> is bound and checked at the start.</param>
    /// <param name="environment">Development may go without a signing key.</param>
    /// <param name="keptIn">The directory beside the database, where Development keeps the key it made.</param>
    public static IServiceCollection AddFikoAuthentication(
        this IServiceCollection services, IConfiguration configuration, IHostEnvironment environment, string keptIn)
    {
        services.AddOptions<JwtOptions>()
            .Bind(configuration.GetSection(JwtOptions.Section))
            .PostConfigure(jwt => jwt.SigningKey = KeyFor(jwt, environment, keptIn))
            .ValidateOnStart();
        services.AddSingleton<IValidateOptions<JwtOptions>>(new JwtOptionsCheck(environment));
        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton<LoginThrottle>();
        services.AddSingleton<RefusedLogins>();
        services.AddSingleton<IRefusedLogins>(s => s.GetRequiredService<RefusedLogins>());
        services.AddHostedService(s => s.GetRequiredService<RefusedLogins>());
        services.AddSingleton<IPasswords, Passwords>();
        services.AddSingleton<IAccessTokens, AccessTokens>();
        services.AddHostedService<TicketSweeper>();
        services.AddSingleton<BearerEvents>();
        services.AddScoped<CallerLookup>();
        services.AddScoped(s => new TokenReader(s.GetRequiredService<IOptionsMonitor<JwtBearerOptions>>(), s.GetRequiredService<CallerLookup>()));

        IdentityModelEventSource.ShowPII = false;
        IdentityModelEventSource.LogCompleteSecurityArtifact = false;
        services.AddAuthentication(JwtBearerDefaults.AuthenticationScheme).AddJwtBearer();
        services.AddOptions<JwtBearerOptions>(JwtBearerDefaults.AuthenticationScheme)
            .Configure<IOptions<JwtOptions>, TimeProvider, ILoggerFactory>((bearer, jwt, time, logs) => Configure(bearer, jwt.Value, time, logs, environment));
        services.AddAuthorization();
        return services;
    }

    private static void Configure(JwtBearerOptions bearer, JwtOptions jwt, TimeProvider time, ILoggerFactory logs, IHostEnvironment environment)
    {
        bearer.MapInboundClaims = false;
        bearer.SaveToken = false;
        bearer.EventsType = typeof(BearerEvents);
        bearer.TokenHandlers.Clear();
        bearer.TokenHandlers.Add(new QuietTokenHandler { MapInboundClaims = false });
        bearer.TokenValidationParameters = TokenRules.Of(jwt, time);
        if (!jwt.HasAuthority)
        {
            return;
        }

        bearer.Authority = jwt.Authority;
        bearer.RequireHttpsMetadata = !environment.IsDevelopment();
        if (string.IsNullOrWhiteSpace(jwt.Audience))
        {
            logs.CreateLogger(typeof(AuthLog).FullName!).AnyAudience();
        }
    }

    private static string? KeyFor(JwtOptions jwt, IHostEnvironment environment, string keptIn) =>
        string.IsNullOrWhiteSpace(jwt.SigningKey) && !jwt.HasAuthority && environment.IsDevelopment()
            ? KeyFile.ReadOrMake(keptIn, "development-signing-key")
            : jwt.SigningKey;
}
