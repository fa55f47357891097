using Fiko.Application.Customers;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Fiko.Infrastructure.Customers;

/// <summary>
/// Finishes erasures: what a dead server, this one before its restart or another, had begun, and the index of words, which takes too long
/// for anybody to wait for. The database is the queue.
/// </summary>
internal sealed class ErasureWorker(IServiceScopeFactory scopes, TimeProvider time, ILogger<ErasureWorker> log) : BackgroundService
{
    private static readonly TimeSpan LookAnyway = TimeSpan.FromSeconds(5);

    protected override Task ExecuteAsync(CancellationToken stoppingToken) => time.LookEveryAsync(LookAnyway, LookAsync, log.ErasureFailed, stoppingToken);

    private async Task LookAsync(CancellationToken ct)
    {
        var buried = await scopes.AskAsync(new ListBuried(), ct);
        if (buried.Count == 0)
        {
            return;
        }

        foreach (var customer in buried)
        {
            while (await scopes.AskAsync(new EraseBuried(customer), ct))
            {
            }
        }

        // Their rows go last: whoever dies before that finds all of it to be done again.
        for (var more = await scopes.AskAsync(new PurgeErased(Begin: true), ct); more; more = await scopes.AskAsync(new PurgeErased(Begin: false), ct))
        {
        }

        await scopes.AskAsync(new RemoveBuried(buried), ct);
        log.ErasureDone(buried.Count);
    }
}

/// <summary>Everything that erasing customers can say in a log. Ids only.</summary>
internal static partial class ErasureLog
{
    [LoggerMessage(720, LogLevel.Information, "Nothing is left of {Count} customers")]
    public static partial void ErasureDone(this ILogger log, int count);

    [LoggerMessage(721, LogLevel.Error, "Erasing a customer failed and will be tried again")]
    public static partial void ErasureFailed(this ILogger log, Exception failed);
}
