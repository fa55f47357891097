using Fiko.Application.Shared;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Fiko.Infrastructure.Persistence.Search;

/// <summary>Indexes what was there before there was an index: newest first, in small transactions between which everything else goes on.</summary>
internal sealed class SearchBackfill(IServiceScopeFactory scopes, TimeProvider time, ILogger<SearchBackfill> log) : BackgroundService
{
    private const int Batch = 500;
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(20);
    private static readonly TimeSpan AfterFailure = TimeSpan.FromSeconds(30);

    /// <summary>Returns when nothing is left.</summary>
    public async Task RunAsync(CancellationToken ct)
    {
        while (await StepAsync(ct))
        {
            await Task.Delay(Pause, time, ct);
        }
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await RunAsync(stoppingToken);
                return;
            }
            catch (Exception failed) when (!stoppingToken.IsCancellationRequested)
            {
                log.BackfillFailed(failed);
                await Task.Delay(AfterFailure, time, stoppingToken);
            }
        }
    }

    private async Task<bool> StepAsync(CancellationToken ct)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<FikoDbContext>();
        if (!await db.Database.SqlQuery<long>($"SELECT Next AS Value FROM search_backfill").AnyAsync(ct))
        {
            return false;
        }

        return await scope.ServiceProvider.GetRequiredService<IUnitOfWork>().CommitAsync(
            async () => await MessagesAsync(db, ct) || await CustomersAsync(db, ct), ct);
    }

    private static async Task<bool> MessagesAsync(FikoDbContext db, CancellationToken ct)
    {
        if (await NextAsync(db, "messages", ct) is not { } next)
        {
            return false;
        }

        var rows = await db.Messages.Include(m => m.Conversation).Where(m => m.Id <= next).OrderByDescending(m => m.Id).Take(Batch).ToListAsync(ct);
        await db.SearchIndex.WriteAsync([.. rows.Where(m => m.IsVisible && m.DeletedAt is null)], [], ct, onlyMissing: true);
        await AdvanceAsync(db, "messages", rows.Count == 0 ? 0 : rows[^1].Id - 1, ct);
        return true;
    }

    private static async Task<bool> CustomersAsync(FikoDbContext db, CancellationToken ct)
    {
        if (await NextAsync(db, "customers", ct) is not { } next)
        {
            return false;
        }

        var rows = await db.Customers.Where(c => c.Id <= next).OrderByDescending(c => c.Id).Take(Batch).ToListAsync(ct);
        await db.SearchIndex.WriteAsync([], rows, ct, onlyMissing: true);
        await AdvanceAsync(db, "customers", rows.Count == 0 ? 0 : rows[^1].Id - 1, ct);
        return true;
    }

    private static async Task<long?> NextAsync(FikoDbContext db, string kind, CancellationToken ct) =>
        (await db.Database.SqlQuery<long>($"SELECT Next AS Value FROM search_backfill WHERE Kind = {kind}").ToListAsync(ct)) is [var next] ? next : null;

    private static Task<int> AdvanceAsync(FikoDbContext db, string kind, long next, CancellationToken ct) => next > 0
        ? db.Database.ExecuteSqlAsync($"UPDATE search_backfill SET Next = {next} WHERE Kind = {kind}", ct)
        : db.Database.ExecuteSqlAsync($"DELETE FROM search_backfill WHERE Kind = {kind}", ct);
}
