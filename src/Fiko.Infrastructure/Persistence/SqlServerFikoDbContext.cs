using System.Data;
using System.Text.Json;
using Fiko.Infrastructure.Persistence.Search;
using Microsoft.Data.SqlClient;
using Microsoft.EntityFrameworkCore;

namespace Fiko.Infrastructure.Persistence;

/// <summary>On SQL Server. Needs ALLOW_SNAPSHOT_ISOLATION, which the migrate command sets.</summary>
public sealed class SqlServerFikoDbContext(DbContextOptions<SqlServerFikoDbContext> options, TimeProvider time) : FikoDbContext(options, time)
{
    private const int DuplicateIndexKey = 2601;
    private const int DuplicateConstraintKey = 2627;
    private const int DeadlockVictim = 1205;
    private const int SnapshotOutrun = 3960;

    // What a new row names went away meanwhile, or what was to go is named by a new row.
    private const int ForeignKey = 547;
    private const string Exact = "Latin1_General_100_BIN2";

    /// <summary>What the attempt under way is told from others by; null where it has saved nothing.</summary>
    internal CommitMark? Mark { get; private set; }

    internal override SearchIndex SearchIndex => field ??= new SqlServerSearchIndex(this);

    /// <summary>Every read sees one moment now, and none can be repeated in another.</summary>
    internal bool IsInMoment { get; private set; }

    public override async Task<IAsyncDisposable> ReadOneMomentAsync(CancellationToken ct)
    {
        if (Database.CurrentTransaction is not null)
        {
            return new Moment(null, null);
        }

        var transaction = await Database.BeginTransactionAsync(IsolationLevel.Snapshot, ct);
        IsInMoment = true;
        return new Moment(this, transaction);
    }

    protected override bool IsConflict(Exception? error) =>
        error is SqlException { Number: DuplicateIndexKey or DuplicateConstraintKey or DeadlockVictim or SnapshotOutrun or ForeignKey };

    /// <summary>Waits for a commit that is under way, and says whether it is done. By itself a reader would not wait, and not see it.</summary>
    internal async Task<bool> IsCommittedAsync(CommitMark mark, CancellationToken ct) =>
        (await Database.SqlQuery<int>($"SELECT 1 AS [Value] FROM [commit_marks] WITH (READCOMMITTEDLOCK) WHERE [At] = {mark.At} AND [Id] = {mark.Id}").ToListAsync(ct)).Count == 1;

    /// <inheritdoc/>
    /// <remarks>
    /// The update changes nothing: it locks rows that are not locked. Into a variable, because a table with a trigger gives no other output.
    /// With versions of rows (READ_COMMITTED_SNAPSHOT), READPAST asks for READCOMMITTEDLOCK.
    /// </remarks>
    public override async Task<IReadOnlySet<long>> ReserveAsync<TRow>(IReadOnlyCollection<long> ids, CancellationToken ct)
    {
        if (ids.Count == 0)
        {
            return new HashSet<long>();
        }

        var rows = Model.FindEntityType(typeof(TRow))!;
        var same = (rows.GetProperties().FirstOrDefault(p => p.IsConcurrencyToken) ?? rows.GetProperties().First(p => !p.IsKey())).GetColumnName();
        var statement = $$"""
            DECLARE @reserved TABLE ([Value] bigint NOT NULL);
            UPDATE TOP ({0}) r SET [{{same}}] = r.[{{same}}] OUTPUT INSERTED.[Id] INTO @reserved ([Value])
            FROM [{{rows.GetTableName()}}] r WITH (UPDLOCK, ROWLOCK, READCOMMITTEDLOCK, READPAST)
            WHERE r.[Id] IN (SELECT CAST([value] AS bigint) FROM OPENJSON({1}));
            SELECT [Value] FROM @reserved;
            """;
        return (await Database.SqlQueryRaw<long>(statement, ids.Count, JsonSerializer.Serialize(ids)).ToListAsync(ct)).ToHashSet();
    }

    protected override void Sign(DateTimeOffset now)
    {
        Mark = HasSaved ? new CommitMark(now, Guid.CreateVersion7(now)) : null;
        if (Mark is not null)
        {
            Add(Mark);
        }
    }

    protected override void ConfigureConventions(ModelConfigurationBuilder conventions)
    {
        base.ConfigureConventions(conventions);
        conventions.Properties<DateTimeOffset>().HavePrecision(3);
    }

    protected override void OnModelCreating(ModelBuilder model)
    {
        base.OnModelCreating(model);

        // A table with a trigger can't be written with OUTPUT; EF has to know.
        model.Entity<Domain.Conversations.Delivery>().ToTable(t => t.HasTrigger("deliveries_of_answers_only"));

        model.Entity<CommitMark>(mark =>
        {
            mark.ToTable("commit_marks");
            mark.HasKey(m => new { m.At, m.Id });
            mark.Property(m => m.Id).ValueGeneratedNever();
        });

        // Platforms mean two things by ids that differ in case alone; by itself SQL Server would take them for one.
        foreach (var id in model.Model.GetEntityTypes().SelectMany(t => t.GetProperties()).Where(p => p.ClrType == typeof(string) && (p.IsKey() || p.IsIndex())))
        {
            id.SetCollation(Exact);
        }
    }

    private sealed class Moment(SqlServerFikoDbContext? db, IAsyncDisposable? transaction) : IAsyncDisposable
    {
        public async ValueTask DisposeAsync()
        {
            if (db is not null && transaction is not null)
            {
                db.IsInMoment = false;
                await transaction.DisposeAsync();
            }
        }
    }
}
