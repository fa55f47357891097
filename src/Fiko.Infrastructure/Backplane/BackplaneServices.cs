using Fiko.Application;
using Fiko.Application.Agents;
using Fiko.Application.Presence;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace Fiko.Infrastructure.Backplane;

/// <summary>The way between instances, where there is more than one.</summary>
internal static class BackplaneServices
{
    public static void AddBackplane(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddValidated<RedisOptions>(configuration, RedisOptions.Section);
        services.AddSingleton<IPeers, Peers>();
        services.AddSingleton<OnlineAgents>();
        services.AddSingleton<IOnlineAgents>(all => all.GetRequiredService<OnlineAgents>());
        services.AddHostedService<Listener>();
        if (string.IsNullOrEmpty(configuration[$"{RedisOptions.Section}:{nameof(RedisOptions.ConnectionString)}"]))
        {
            services.AddSingleton<IBackplane, NoBackplane>();
            return;
        }

        services.AddSingleton<RedisBackplane>();
        services.AddSingleton<IBackplane>(all => all.GetRequiredService<RedisBackplane>());
        services.AddHostedService(all => all.GetRequiredService<RedisBackplane>());
        services.AddHostedService<AccessWatch>();
        services.AddHostedService(all => all.GetRequiredService<OnlineAgents>());
    }
}
