using System.Data;
using Fiko.Application.Shared;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;

namespace Fiko.Infrastructure.Persistence;

/// <summary>
/// A transaction for each unit, begun anew after a failure that passes. A commit whose answer was lost is asked for by the mark that was
/// written with it, and is not done twice (docs/decisions/0017-units-of-work-on-sql-server.md).
/// </summary>
internal sealed class SqlServerUnitOfWork(SqlServerFikoDbContext db, IEnumerable<ICommitListener> listeners) : UnitOfWork(db, listeners)
{
    protected override Task<TResult> InTransactionAsync<TResult>(Func<Task<TResult>> work, CancellationToken ct) =>
        db.Database.CreateExecutionStrategy().ExecuteAsync(
            new Attempt<TResult>(work),
            (_, attempt, stop) => RunAsync(attempt, stop),
            (_, attempt, stop) => AskAsync(attempt, stop),
            ct);

    private async Task<TResult> RunAsync<TResult>(Attempt<TResult> attempt, CancellationToken ct)
    {
        attempt.Unanswered = null;
        await using var transaction = await db.Database.BeginTransactionAsync(IsolationLevel.ReadCommitted, ct);
        var result = attempt.Result = await db.AttemptAsync(attempt.Work, ct);
        try
        {
            // Not given up half-way: whoever hangs up now would leave behind what nobody knows the outcome of.
            await transaction.CommitAsync(CancellationToken.None);
        }
        catch (Exception unanswered)
        {
            attempt.Unanswered = db.Mark;
            throw new CommitUnansweredException(unanswered);
        }

        return result;
    }

    // Without a mark only statements were sent that may be sent again: the clean-ups.
    private async Task<ExecutionResult<TResult>> AskAsync<TResult>(Attempt<TResult> attempt, CancellationToken ct)
    {
        if (attempt.Unanswered is not { } mark)
        {
            return new(false, default!);
        }

        try
        {
            return new(await db.IsCommittedAsync(mark, ct), attempt.Result!);
        }
        catch (Exception failed) when (!ct.IsCancellationRequested)
        {
            // Also a time-out is to be asked again: the commit may be under way.
            throw new CommitUnansweredException(failed);
        }
    }

    private sealed class Attempt<TResult>(Func<Task<TResult>> work)
    {
        public Func<Task<TResult>> Work => work;

        public TResult? Result { get; set; }

        public CommitMark? Unanswered { get; set; }
    }
}
