using Microsoft.EntityFrameworkCore;

namespace Fiko.Infrastructure.Persistence;

/// <summary>Brings a database up to date. Two servers that start at once do not collide: EF Core lets one of them migrate.</summary>
public sealed class Schema(FikoDbContext db)
{
    public async Task MigrateAsync(CancellationToken ct)
    {
        await db.Database.MigrateAsync(ct);
        if (db is SqlServerFikoDbContext)
        {
            await AllowSnapshotsAsync(ct);
        }
    }

    public async Task<bool> IsUpToDateAsync(CancellationToken ct) => !(await db.Database.GetPendingMigrationsAsync(ct)).Any();

    // One moment's reads need versions of rows (ReadOneMomentAsync), and readers must not wait for the writers of others.
    private Task<int> AllowSnapshotsAsync(CancellationToken ct) =>
        db.Database.ExecuteSqlRawAsync(
            "ALTER DATABASE CURRENT SET ALLOW_SNAPSHOT_ISOLATION ON; ALTER DATABASE CURRENT SET READ_COMMITTED_SNAPSHOT ON WITH ROLLBACK IMMEDIATE;", ct);
}
