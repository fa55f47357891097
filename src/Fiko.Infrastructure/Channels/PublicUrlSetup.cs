using Fiko.Application.Channels;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace Fiko.Infrastructure.Channels;

internal static class PublicUrlSetup
{
    /// <summary>Every channel may ask for it; asking twice does no harm.</summary>
    public static IServiceCollection AddPublicUrl(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddOptions<PublicUrlOptions>()
            .Configure(o => o.Url = configuration[PublicUrlOptions.Key] is { Length: > 0 } url ? url : o.Url)
            .Validate(o => o.IsAddress, "PublicUrl must be an absolute http or https address, such as https://inbox.example")
            .ValidateOnStart();
        return services;
    }
}
