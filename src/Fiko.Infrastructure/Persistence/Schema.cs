using Microsoft.Data.SqlClient;
using Microsoft.EntityFrameworkCore;

namespace Fiko.Infrastructure.Persistence;

/// <summary>Brings a database up to date. Two servers that start at once do not collide: EF Core lets one of them migrate.</summary>
public sealed class Schema(FikoDbContext db)
{
    private const int MaxAttempts = 5;

    public async Task MigrateAsync(CancellationToken ct)
    {
        if (db is not SqlServerFikoDbContext)
        {
            await db.Database.MigrateAsync(ct);
            return;
        }

        for (var attempt = 1; ; attempt++)
        {
            try
            {
                await db.Database.MigrateAsync(ct);
                await AllowSnapshotsAsync(ct);
                return;
            }
            catch (SqlException) when (attempt < MaxAttempts)
            {
                // A server that started at the same time was first, and cut this one off. The next attempt finds it done.
            }
        }
    }

    /// <summary>Why the server can't work on the database as it is, and what to do; null where it can.</summary>
    public async Task<string?> WhatIsMissingAsync(CancellationToken ct)
    {
        if ((await db.Database.GetPendingMigrationsAsync(ct)).Any())
        {
            return "The database's schema is not up to date. Run the server once with the argument 'migrate', or set Database:MigrateOnStart to true.";
        }

        return db is SqlServerFikoDbContext && !await AllowsSnapshotsAsync(ct)
            ? "The database does not keep versions of rows (ALLOW_SNAPSHOT_ISOLATION and READ_COMMITTED_SNAPSHOT). Run the server once with the argument 'migrate', by a login that may alter the database."
            : null;
    }

    private async Task<bool> AllowsSnapshotsAsync(CancellationToken ct) =>
        await db.Database.SqlQuery<int>(
            $"SELECT COUNT(*) AS [Value] FROM sys.databases WHERE database_id = DB_ID() AND snapshot_isolation_state = 1 AND is_read_committed_snapshot_on = 1").SingleAsync(ct) == 1;

    // One moment's reads need versions of rows (ReadOneMomentAsync), and readers must not wait for the writers of others.
    // Only where it is not so yet: switching it on cuts off everybody who is connected.
    private Task<int> AllowSnapshotsAsync(CancellationToken ct) =>
        db.Database.ExecuteSqlRawAsync(
            """
            IF EXISTS (SELECT 1 FROM sys.databases WHERE database_id = DB_ID() AND snapshot_isolation_state = 0)
                ALTER DATABASE CURRENT SET ALLOW_SNAPSHOT_ISOLATION ON;
            IF EXISTS (SELECT 1 FROM sys.databases WHERE database_id = DB_ID() AND is_read_committed_snapshot_on = 0)
                ALTER DATABASE CURRENT SET READ_COMMITTED_SNAPSHOT ON WITH ROLLBACK IMMEDIATE;
            """,
            ct);
}
