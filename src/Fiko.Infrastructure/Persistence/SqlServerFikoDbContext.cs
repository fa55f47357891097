using System.Data;
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

    // What a new row names went away meanwhile, or what was to go is named by a new row.
    private const int ForeignKey = 547;
    private const string Exact = "Latin1_General_100_BIN2";

    internal override SearchIndex SearchIndex => field ??= new SqlServerSearchIndex(this);

    public override async Task<IAsyncDisposable> ReadOneMomentAsync(CancellationToken ct) =>
        Database.CurrentTransaction is null ? await Database.BeginTransactionAsync(IsolationLevel.Snapshot, ct) : new AlreadyThere();

    protected override bool IsConflict(Exception? error) =>
        error is SqlException { Number: DuplicateIndexKey or DuplicateConstraintKey or DeadlockVictim or ForeignKey };

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

        // Platforms mean two things by ids that differ in case alone; by itself SQL Server would take them for one.
        foreach (var id in model.Model.GetEntityTypes().SelectMany(t => t.GetProperties()).Where(p => p.ClrType == typeof(string) && (p.IsKey() || p.IsIndex())))
        {
            id.SetCollation(Exact);
        }
    }

    private sealed class AlreadyThere : IAsyncDisposable
    {
        public ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }
}
