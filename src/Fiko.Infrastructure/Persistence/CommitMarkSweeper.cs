using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Fiko.Infrastructure.Persistence;

/// <summary>Forgets marks of commits that nobody can still be asking for, in small pieces.</summary>
internal sealed class CommitMarkSweeper(IServiceScopeFactory scopes, TimeProvider time, ILogger<CommitMarkSweeper> log) : BackgroundService
{
    private const int Batch = 2000;
    private static readonly TimeSpan Every = TimeSpan.FromMinutes(10);

    // An answer is asked for again for minutes at most (SqlServerRetries).
    private static readonly TimeSpan Kept = TimeSpan.FromHours(1);

    /// <summary>Returns when none is left that is old enough.</summary>
    public async Task SweepAsync(CancellationToken ct)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<SqlServerFikoDbContext>();
        var before = time.GetUtcNow() - Kept;
        while (await db.Database.ExecuteSqlAsync($"DELETE TOP ({Batch}) FROM [commit_marks] WHERE [At] < {before}", ct) == Batch)
        {
        }
    }

    protected override Task ExecuteAsync(CancellationToken stoppingToken) => time.LookEveryAsync(Every, SweepAsync, log.MarksKept, stoppingToken);
}

/// <summary>Everything that keeping can say in a log.</summary>
internal static partial class PersistenceLog
{
    [LoggerMessage(860, LogLevel.Error, "Forgetting old marks of commits failed and will be tried again")]
    public static partial void MarksKept(this ILogger log, Exception failed);
}
