using System.Net.Http;
using Fiko.Application;
using Fiko.Application.Webhooks;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace Fiko.Infrastructure.Webhooks;

/// <summary>Outgoing webhooks and all they need, but for the worker that drives them.</summary>
internal static class WebhookServices
{
    public static void AddWebhookSending(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddValidated<WebhookOptions>(configuration, WebhookOptions.Section);
        services.AddSingleton<WebhookTargets>();
        services.AddSingleton<IWebhookTargets>(all => all.GetRequiredService<WebhookTargets>());
        services.AddSingleton<WebhookSender>();
        services.AddHostedService<WebhookSweeper>();

        // Silent: an integrator's address may hold a key, which neither a log nor a trace may carry. Without a proxy: what is
        // checked must be what is connected to.
        services.AddHttpClient(WebhookSender.HttpClientName, client => client.Timeout = Timeout.InfiniteTimeSpan)
            .RemoveAllLoggers()
            .UseSocketsHttpHandler((handler, all) =>
            {
                handler.ConnectCallback = all.GetRequiredService<WebhookTargets>().ConnectAsync;
                handler.ConnectTimeout = TimeSpan.FromSeconds(5);
                handler.PooledConnectionLifetime = TimeSpan.FromMinutes(5);
                handler.PooledConnectionIdleTimeout = TimeSpan.FromSeconds(20);
                handler.MaxResponseHeadersLength = 16;

                // What the sender left unread is not worth reading: the connection is closed.
                handler.MaxResponseDrainSize = 0;
                handler.ActivityHeadersPropagator = null;
                handler.AllowAutoRedirect = false;
                handler.UseCookies = false;
                handler.UseProxy = false;
            })
            .SetHandlerLifetime(Timeout.InfiniteTimeSpan);
    }
}
