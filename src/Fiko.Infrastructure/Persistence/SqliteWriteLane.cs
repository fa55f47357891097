using System.Threading.Channels;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace Fiko.Infrastructure.Persistence;

/// <summary>
/// The one writer of a SQLite database. Units of work run one after the other, each in a savepoint of its own, and those
/// that wait at the same time share a commit: a disk is asked once for all of them. A unit that fails takes nothing with it.
/// </summary>
internal sealed class SqliteWriteLane : IAsyncDisposable
{
    private const int Waiting = 4096;
    private const int SharedCommit = 64;
    private const string Savepoint = "unit";

    private readonly string _connectionString;
    private readonly Channel<Unit> _units = Channel.CreateBounded<Unit>(new BoundedChannelOptions(Waiting) { SingleReader = true });
    private readonly Lazy<Task> _loop;

    public SqliteWriteLane(string connectionString)
    {
        _connectionString = connectionString;
        _loop = new(() => Task.Run(WorkAsync));
    }

    /// <summary>Returns when the work is committed, and throws what it threw. It is not interrupted once it has begun.</summary>
    public async Task RunAsync(Func<SqliteConnection, SqliteTransaction, Task> work, CancellationToken ct)
    {
        _ = _loop.Value;
        var unit = new Unit(work, ct);
        await _units.Writer.WriteAsync(unit, ct);
        await unit.Done.Task;
    }

    public async ValueTask DisposeAsync()
    {
        _units.Writer.TryComplete();
        if (_loop.IsValueCreated)
        {
            await _loop.Value;
        }
    }

    private async Task WorkAsync()
    {
        SqliteConnection? connection = null;
        while (await _units.Reader.WaitToReadAsync())
        {
            var kept = new List<Unit>();
            var begun = false;
            try
            {
                connection ??= Open();
                await using var transaction = connection.BeginTransaction();
                while (kept.Count < SharedCommit && _units.Reader.TryRead(out var unit))
                {
                    begun = true;
                    if (await TryAsync(unit, connection, transaction))
                    {
                        kept.Add(unit);
                    }
                }

                transaction.Commit();
                kept.ForEach(u => u.Done.TrySetResult());
            }
            catch (Exception broken)
            {
                // Disk full, file gone, locked by another process for too long: nothing of this group was kept.
                kept.ForEach(u => u.Done.TrySetException(broken));
                if (!begun && _units.Reader.TryRead(out var next))
                {
                    next.Done.TrySetException(broken);
                }

                connection?.Dispose();
                connection = null;
            }
        }

        connection?.Dispose();
    }

    private static async Task<bool> TryAsync(Unit unit, SqliteConnection connection, SqliteTransaction transaction)
    {
        if (unit.Ct.IsCancellationRequested)
        {
            unit.Done.TrySetCanceled(unit.Ct);
            return false;
        }

        try
        {
            transaction.Save(Savepoint);
            await unit.Work(connection, transaction);
            transaction.Release(Savepoint);
            return true;
        }
        catch (Exception failed)
        {
            unit.Done.TrySetException(failed);

            // A full disk or worse can end the whole transaction, and then there is nothing to go back to.
            if (raw.sqlite3_get_autocommit(connection.Handle) != 0)
            {
                throw;
            }

            transaction.Rollback(Savepoint);
            transaction.Release(Savepoint);
            return false;
        }
    }

    private SqliteConnection Open()
    {
        var connection = new SqliteConnection(_connectionString);
        connection.Open();
        using var settings = connection.CreateCommand();

        // What a client has seen must survive a power cut, so each commit waits for the disk (protocol.md, Durable before visible).
        // What is erased is overwritten: without it the text would stay in the file until its page is used again.
        settings.CommandText = "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA busy_timeout = 10000; PRAGMA secure_delete = ON;";
        settings.ExecuteNonQuery();
        return connection;
    }

    private sealed record Unit(Func<SqliteConnection, SqliteTransaction, Task> Work, CancellationToken Ct)
    {
        public TaskCompletionSource Done { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
