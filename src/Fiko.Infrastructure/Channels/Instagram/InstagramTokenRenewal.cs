using Fiko.Application.Channels;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Fiko.Infrastructure.Channels.Instagram;

/// <summary>Looks every hour which access tokens are to be renewed; one that ends unnoticed costs its owner a login.</summary>
internal sealed class InstagramTokenRenewal(IServiceScopeFactory scopes, TimeProvider time, ILogger<InstagramTokenRenewal> log) : BackgroundService
{
    private static readonly TimeSpan Pause = TimeSpan.FromHours(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        // Not at once: at a start, everything else is asked of the platform anyway, and a stand-in may not listen yet.
        await Task.Delay(TimeSpan.FromMinutes(1), time, stoppingToken);
        await time.LookEveryAsync(Pause, ct => scopes.AskAsync(new RenewTokens(), ct), log.RenewalLookFailed, stoppingToken);
    }
}
