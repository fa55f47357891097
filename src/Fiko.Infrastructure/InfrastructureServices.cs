using Fiko.Application;
using Fiko.Application.Auth;
using Fiko.Application.Channels;
using Fiko.Application.Messaging;
using Fiko.Application.Realtime;
using Fiko.Infrastructure.Attachments;
using Fiko.Infrastructure.Auth;
using Fiko.Infrastructure.Backplane;
using Fiko.Infrastructure.Channels.Instagram;
using Fiko.Infrastructure.Channels.Telegram;
using Fiko.Infrastructure.Customers;
using Fiko.Infrastructure.Deliveries;
using Fiko.Infrastructure.Events;
using Fiko.Infrastructure.Inbound;
using Fiko.Infrastructure.Persistence;
using Fiko.Infrastructure.Persistence.Search;
using Fiko.Infrastructure.Realtime;
using Fiko.Infrastructure.Webhooks;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;

namespace Fiko.Infrastructure;

/// <summary>How everything is kept and carried.</summary>
public static class InfrastructureServices
{
    public static IServiceCollection AddInfrastructure(this IServiceCollection services, IConfiguration configuration, IHostEnvironment host)
    {
        var folder = new DataFolder(
            host.ContentRootPath,
            configuration.GetConnectionString("Fiko") ?? "",
            configuration[$"{DatabaseOptions.Section}:Provider"] ?? DatabaseOptions.Sqlite,
            configuration[$"{DatabaseOptions.Section}:{nameof(DatabaseOptions.DataFolder)}"]);
        services.AddSingleton(folder);
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton(Random.Shared);
        services.AddPersistence(configuration, folder);
        services.AddDataProtection().SetApplicationName("Fiko").PersistKeysToFileSystem(folder.MakePrivate("keys"));
        services.AddSingleton<ISecrets, Secrets>();

        services.AddFiles(configuration);
        services.AddBackplane(configuration);
        services.AddSingleton<IBroadcaster, Broadcaster>();
        services.AddSingleton<VisibleMessages>();
        services.AddSingleton<IVisibleMessages>(all => all.GetRequiredService<VisibleMessages>());
        services.AddSingleton<ICommitListener>(all => all.GetRequiredService<VisibleMessages>());
        services.AddSingleton<SearchBackfill>();
        services.AddHostedService(all => all.GetRequiredService<SearchBackfill>());
        services.AddWorker<EventFeed>();
        services.AddSingleton<IEventFeed>(all => all.GetRequiredService<EventFeed>());
        services.AddWorker<DeliveryWorker>();
        services.AddWorker<InboundWorker>();
        services.AddWorker<AttachmentWorker>();
        services.AddWorker<ProfileWorker>();
        services.AddValidated<EventOptions>(configuration, EventOptions.Section);
        services.AddWorker<LogWatch>();
        services.AddWebhookSending(configuration);
        services.AddWorker<WebhookWorker>();
        services.AddHostedService<ErasureWorker>();
        services.AddSingleton<SessionEvents>();
        services.AddSingleton<ISessionEvents>(all => all.GetRequiredService<SessionEvents>());
        services.AddWorker<CourtesySignals>();
        services.AddSingleton<ITypingSignals>(all => all.GetRequiredService<CourtesySignals>());
        services.AddFikoAuthentication(configuration, host, folder.Path);
        services.AddTelegramChannel(configuration);
        services.AddInstagramChannel(configuration);
        return services;
    }

    // One instance that both runs in the background and hears of commits.
    private static void AddWorker<TWorker>(this IServiceCollection services)
        where TWorker : class, IHostedService, ICommitListener
    {
        services.AddSingleton<TWorker>();
        services.AddHostedService(all => all.GetRequiredService<TWorker>());
        services.AddSingleton<ICommitListener>(all => all.GetRequiredService<TWorker>());
    }
}
