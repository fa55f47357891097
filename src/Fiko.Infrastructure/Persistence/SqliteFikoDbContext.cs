using System.Data;
using Fiko.Infrastructure.Persistence.Search;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage.ValueConversion;

namespace Fiko.Infrastructure.Persistence;

/// <summary>On SQLite: one file, readers beside one writer (WAL).</summary>
public sealed class SqliteFikoDbContext(DbContextOptions<SqliteFikoDbContext> options, TimeProvider time) : FikoDbContext(options, time)
{
    private const int UniqueViolation = 2067;
    private const int PrimaryKeyViolation = 1555;

    internal override SearchIndex SearchIndex => field ??= new SqliteSearchIndex(this);

    public override async Task<IAsyncDisposable> ReadOneMomentAsync(CancellationToken ct)
    {
        if (Database.CurrentTransaction is not null)
        {
            return new Moment(null, null);
        }

        await Database.OpenConnectionAsync(ct);

        // Deferred: it never asks for the write lock, and in WAL the first read fixes what all the others see.
        var transaction = ((SqliteConnection)Database.GetDbConnection()).BeginTransaction(IsolationLevel.Serializable, deferred: true);
        await Database.UseTransactionAsync(transaction, ct);
        return new Moment(this, transaction);
    }

    protected override bool IsConflict(Exception? error) =>
        error is SqliteException { SqliteExtendedErrorCode: UniqueViolation or PrimaryKeyViolation };

    protected override void ConfigureConventions(ModelConfigurationBuilder conventions)
    {
        base.ConfigureConventions(conventions);

        // SQLite has no type for a time with an offset; milliseconds sort, compare and index.
        conventions.Properties<DateTimeOffset>().HaveConversion<Milliseconds>();
    }

    private sealed class Milliseconds() : ValueConverter<DateTimeOffset, long>(
        time => time.ToUnixTimeMilliseconds(),
        milliseconds => DateTimeOffset.FromUnixTimeMilliseconds(milliseconds));

    private sealed class Moment(SqliteFikoDbContext? db, SqliteTransaction? transaction) : IAsyncDisposable
    {
        public async ValueTask DisposeAsync()
        {
            if (db is not null && transaction is not null)
            {
                await db.Database.UseTransactionAsync(null);
                await transaction.DisposeAsync();
                await db.Database.CloseConnectionAsync();
            }
        }
    }
}
