using Fiko.Application;
using Fiko.Application.Channels;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Fiko.Infrastructure.Channels.Telegram;

/// <summary>The Telegram channel and all it needs.</summary>
public static class TelegramChannelServices
{
    public static IServiceCollection AddTelegramChannel(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddValidated<TelegramOptions>(configuration, TelegramOptions.Section);
        services.AddPublicUrl(configuration);
        services.TryAddSingleton(Random.Shared);
        services.TryAddSingleton<ITelegramEndpoint, ConfiguredTelegramEndpoint>();
        services.AddSingleton<TelegramClients>();
        services.AddSingleton<TelegramCalls>();
        services.AddSingleton<TelegramPolling>();
        services.AddSingleton<ITelegramAccounts, TelegramAccounts>();
        services.AddTransient<IChannelAccounts, TelegramConnection>();
        services.AddSingleton<IChannel, TelegramChannel>();
        services.AddHostedService<TelegramPoller>();
        services.AddHostedService<ChannelRegistration>();

        // Silent on purpose: the token is part of every address, and neither a log nor a trace may carry it. The only limits are
        // the callers' own, so that a cancellation with a time-out inside can only be the one on connecting.
        services.AddHttpClient(TelegramClients.HttpClientName, client => client.Timeout = Timeout.InfiniteTimeSpan)
            .RemoveAllLoggers()
            .UseSocketsHttpHandler((handler, _) => Configure(handler))
            .SetHandlerLifetime(Timeout.InfiniteTimeSpan);
        return services;
    }

    private static void Configure(SocketsHttpHandler handler)
    {
        handler.ConnectTimeout = TimeSpan.FromSeconds(5);
        handler.PooledConnectionLifetime = TimeSpan.FromMinutes(5);

        // Shorter than a server keeps an idle connection: one that it closes under a message leaves the outcome unknown.
        handler.PooledConnectionIdleTimeout = TimeSpan.FromSeconds(20);
        handler.ActivityHeadersPropagator = null;
        handler.AllowAutoRedirect = false;
        handler.UseCookies = false;
    }
}
