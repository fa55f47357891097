using System.Net.Http;
using Fiko.Application;
using Fiko.Application.Channels;
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
        services.AddPublicUrl(configuration);
        services.TryAddSingleton<IInstagramEndpoint, ConfiguredInstagramEndpoint>();
        services.AddSingleton<InstagramGraph>();
        services.AddSingleton<InstagramMedia>();
        services.AddSingleton<InstagramProfiles>();
        services.AddSingleton<InstagramWebhooks>();
        services.AddSingleton<IInstagramAccounts, InstagramAccounts>();
        services.AddTransient<IChannelAccounts, InstagramConnection>();
        services.AddSingleton<IChannel, InstagramChannel>();
        services.AddHostedService<ChannelRegistration>();
        services.AddHostedService<InstagramTokenRenewal>();
        services.AddSilentClient(InstagramGraph.HttpClientName, (_, _) => { });
        services.AddSilentClient(InstagramMedia.HttpClientName, (handler, all) => handler.ConnectCallback = all.GetRequiredService<InstagramMedia>().ConnectAsync);
        return services;
    }

    // Silent on purpose: an address may hold a token or a signature, and neither a log nor a trace may carry it. The only limits
    // are the callers' own, so that a cancellation with a time-out inside can only be the one on connecting.
    private static void AddSilentClient(this IServiceCollection services, string name, Action<SocketsHttpHandler, IServiceProvider> configure) =>
        services.AddHttpClient(name, client => client.Timeout = Timeout.InfiniteTimeSpan)
            .RemoveAllLoggers()
            .UseSocketsHttpHandler((handler, all) =>
            {
                handler.ConnectTimeout = TimeSpan.FromSeconds(5);
                handler.PooledConnectionLifetime = TimeSpan.FromMinutes(5);

                // Shorter than a server keeps an idle connection: one that it closes under a message leaves the outcome unknown.
                handler.PooledConnectionIdleTimeout = TimeSpan.FromSeconds(20);
                handler.ActivityHeadersPropagator = null;
                handler.AllowAutoRedirect = false;
                handler.UseCookies = false;
                configure(handler, all);
            })
            .SetHandlerLifetime(Timeout.InfiniteTimeSpan);
}
