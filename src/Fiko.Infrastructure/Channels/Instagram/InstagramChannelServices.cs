using Fiko.Application;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Fiko.Infrastructure.Channels.Instagram;

/// <summary>The Instagram channel and all it needs.</summary>
public static class InstagramChannelServices
{
    public static IServiceCollection AddInstagramChannel(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddValidated<InstagramOptions>(configuration, InstagramOptions.Section);
        services.TryAddSingleton<IInstagramEndpoint, ConfiguredInstagramEndpoint>();
        return services;
    }
}
