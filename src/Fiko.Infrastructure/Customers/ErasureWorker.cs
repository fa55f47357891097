using Fiko.Application.Customers;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Fiko.Infrastructure.Customers;

/// <summary>Finishes what a dead server, this one before its restart or another, had begun to erase. The database is the queue.</summary>
internal sealed class ErasureWorker(IServiceScopeFactory scopes, TimeProvider time, ILogger<ErasureWorker> log) : BackgroundService
{
    private static readonly TimeSpan LookAnyway = TimeSpan.FromSeconds(30);

    protected override Task ExecuteAsync(CancellationToken stoppingToken) => time.LookEveryAsync(LookAnyway, LookAsync, log.ErasureFailed, stoppingToken);

    private async Task LookAsync(CancellationToken ct)
    {
        foreach (var customer in await scopes.AskAsync(new ListBuried(), ct))
        {
            log.ErasureFound(customer);
            while (await scopes.AskAsync(new EraseBuried(customer), ct))
            {
            }
        }
    }
}

/// <summary>Everything that erasing customers can say in a log. Ids only.</summary>
internal static partial class ErasureLog
{
    [LoggerMessage(720, LogLevel.Information, "Erasing customer {Customer} was begun and is gone on with")]
    public static partial void ErasureFound(this ILogger log, long customer);

    [LoggerMessage(721, LogLevel.Error, "Erasing a customer failed and will be tried again")]
    public static partial void ErasureFailed(this ILogger log, Exception failed);
}
