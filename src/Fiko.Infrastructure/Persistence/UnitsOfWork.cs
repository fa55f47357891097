using Fiko.Application.Shared;
using Microsoft.EntityFrameworkCore;

namespace Fiko.Infrastructure.Persistence;

/// <summary>Runs a command in a transaction, again after a conflict, and tells the listeners what was committed.</summary>
internal abstract class UnitOfWork(FikoDbContext db, IEnumerable<ICommitListener> listeners) : IUnitOfWork
{
    // Each round of a conflict has a winner, so as many as may reach for one row at the same time all get their turn.
    private const int MaxAttempts = 50;

    public async Task<TResult> CommitAsync<TResult>(Func<Task<TResult>> work, CancellationToken ct)
    {
        if (db.Database.CurrentTransaction is not null)
        {
            return await work();
        }

        for (var attempt = 1; ; attempt++)
        {
            try
            {
                var result = await InTransactionAsync(work, ct);
                foreach (var listener in listeners)
                {
                    listener.OnCommitted(db.Changes);
                }

                return result;
            }
            catch (WriteConflictException) when (attempt < MaxAttempts)
            {
                // Whoever was faster has committed, and the next attempt sees it.
            }
        }
    }

    protected abstract Task<TResult> InTransactionAsync<TResult>(Func<Task<TResult>> work, CancellationToken ct);
}

internal sealed class SqliteUnitOfWork(SqliteFikoDbContext db, SqliteWriteLane lane, IEnumerable<ICommitListener> listeners) : UnitOfWork(db, listeners)
{
    protected override async Task<TResult> InTransactionAsync<TResult>(Func<Task<TResult>> work, CancellationToken ct)
    {
        TResult? result = default;
        var own = db.Database.GetConnectionString();
        await lane.RunAsync(
            async (connection, transaction) =>
            {
                db.Database.SetDbConnection(connection);
                try
                {
                    await db.Database.UseTransactionAsync(transaction, CancellationToken.None);
                    result = await db.AttemptAsync(work, ct);
                }
                finally
                {
                    // The lane's connection is the lane's alone: whatever this scope reads next, it reads on its own.
                    await db.Database.UseTransactionAsync(null, CancellationToken.None);
                    db.Database.SetDbConnection(null);
                    db.Database.SetConnectionString(own);
                }
            },
            ct);
        return result!;
    }
}
