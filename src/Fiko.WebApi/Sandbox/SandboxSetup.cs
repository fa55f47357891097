using Fiko.Infrastructure.Channels.Instagram;
using Fiko.Infrastructure.Channels.Telegram;
using Fiko.WebApi.Sandbox.Instagram;
using Fiko.WebApi.Sandbox.Telegram;
using Fiko.WebApi.Sandbox.Telegram.Media;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace Fiko.WebApi.Sandbox;

internal static class SandboxSetup
{
    public static IServiceCollection AddSandbox(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddOptions<SandboxOptions>()
            .Bind(configuration.GetSection(SandboxOptions.Section))
            .ValidateDataAnnotations()
            .ValidateOnStart();
        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton<SandboxAddress>();
        services.AddSingleton<TelegramSandbox>();
        services.AddSingleton<WebhookPump>();

        // No loggers: a webhook's address may hold a secret. No redirects: Telegram does not follow them either.
        services.AddHttpClient(WebhookPump.Client, client => client.Timeout = TimeSpan.FromSeconds(10))
            .ConfigurePrimaryHttpMessageHandler(() => new SocketsHttpHandler { AllowAutoRedirect = false, UseProxy = false })
            .RemoveAllLoggers();
        return services.AddInstagramSandbox();
    }

    /// <summary>Ties the stand-in to the server that it lives in: its platforms are these, and its old customers are known.</summary>
    public static IServiceCollection UseSandboxAsPlatforms(this IServiceCollection services)
    {
        services.AddHostedService<SandboxIntroductions>();
        services.AddSingleton<ITelegramEndpoint, SandboxTelegramEndpoint>();
        services.AddSingleton<IInstagramEndpoint>(provider => provider.GetRequiredService<SandboxInstagramEndpoint>());
        return services;
    }

    public static void MapSandbox(this IEndpointRouteBuilder routes)
    {
        var sandbox = routes.MapGroup("/sandbox").AllowAnonymous().ExcludeFromDescription();
        if (!routes.ServiceProvider.GetRequiredService<IOptions<SandboxOptions>>().Value.Enabled)
        {
            // The page's files lie in the web root; without this a static file server would hand them out.
            sandbox.Map("{**path}", () => TypedResults.NotFound());
            return;
        }

        sandbox.MapSandboxPage();
        sandbox.MapGroup("/telegram").AddEndpointFilter(SandboxRefusal.AsProblem)
            .MapBotApi()
            .MapCustomers()
            .MapGroups()
            .MapFaults()
            .MapPosting()
            .MapMedia();
        sandbox.MapGroup("/instagram").AddEndpointFilter(SandboxRefusal.AsProblem)
            .MapGraphApi()
            .MapInstagramCustomers()
            .MapInstagramSwitches();
    }

    private static IServiceCollection AddInstagramSandbox(this IServiceCollection services)
    {
        services.AddSingleton<SandboxInstagramEndpoint>();
        services.AddSingleton<SandboxHabits>();
        services.AddSingleton<EventPost>();
        services.AddSingleton<EventQueues>();
        services.AddSingleton<InstagramSandbox>();
        services.AddSingleton<SandboxMedia>();
        services.AddSingleton<MediaFetch>();
        services.AddSingleton<CustomerContent>();
        services.AddSingleton<GraphSends>();
        services.AddSingleton<GraphMethods>();

        // No loggers: what an agent sends is fetched by a signed link.
        services.AddHttpClient(EventPost.Client, client => client.Timeout = TimeSpan.FromSeconds(10))
            .ConfigurePrimaryHttpMessageHandler(() => new SocketsHttpHandler { AllowAutoRedirect = false, UseProxy = false })
            .RemoveAllLoggers();
        services.AddHttpClient(MediaFetch.Client, client => client.Timeout = MediaFetch.Patience)
            .ConfigurePrimaryHttpMessageHandler(() => new SocketsHttpHandler { UseProxy = false })
            .RemoveAllLoggers();
        return services;
    }
}
