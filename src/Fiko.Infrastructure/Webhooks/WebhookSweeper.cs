using Fiko.Application.Webhooks;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Fiko.Infrastructure.Webhooks;

/// <summary>Forgets old deliveries and removed subscriptions, in small pieces.</summary>
internal sealed class WebhookSweeper(IServiceScopeFactory scopes, TimeProvider time, ILogger<WebhookSweeper> log) : BackgroundService
{
    private static readonly TimeSpan Every = TimeSpan.FromMinutes(10);

    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        time.LookEveryAsync(Every, SweepAsync, log.WebhookSweepFailed, stoppingToken);

    private async Task SweepAsync(CancellationToken ct)
    {
        while (!ct.IsCancellationRequested && await scopes.AskAsync(new SweepWebhooks(), ct))
        {
            // Other writers get their turn between two pieces.
            await Task.Yield();
        }
    }
}
