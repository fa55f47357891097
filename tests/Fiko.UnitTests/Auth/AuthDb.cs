using Fiko.Application.Audit;
using Fiko.Application.Realtime;
using Fiko.Application.Shared;
using Fiko.Domain.Agents;
using Fiko.Domain.Channels;
using Fiko.Domain.Conversations;
using Fiko.Domain.Customers;
using Fiko.Domain.Replies;
using Fiko.Domain.Tags;
using Fiko.Domain.Webhooks;
using Fiko.Domain.Workspaces;
using Microsoft.EntityFrameworkCore;

namespace Fiko.UnitTests.Auth;

/// <summary>The tables of the slice on a real database; the others are not there.</summary>
internal sealed class AuthDb(DbContextOptions<AuthDb> options, Interference interference) : DbContext(options), IFikoDb
{
    public DbSet<Agent> Agents => Set<Agent>();

    public DbSet<Session> Sessions => Set<Session>();

    public DbSet<RefreshToken> RefreshTokens => Set<RefreshToken>();

    public DbSet<SocketTicket> SocketTickets => Set<SocketTicket>();

    DbSet<Workspace> IFikoDb.Workspaces => Set<Workspace>();

    DbSet<ChannelAccount> IFikoDb.Channels => Set<ChannelAccount>();

    DbSet<InboundUpdate> IFikoDb.InboundUpdates => Set<InboundUpdate>();

    DbSet<StrayUpdate> IFikoDb.StrayUpdates => Set<StrayUpdate>();

    DbSet<GroupNotice> IFikoDb.GroupNotices => Set<GroupNotice>();

    DbSet<PollTurn> IFikoDb.PollTurns => Set<PollTurn>();

    DbSet<Customer> IFikoDb.Customers => Set<Customer>();

    DbSet<ChannelAddress> IFikoDb.ChannelAddresses => Set<ChannelAddress>();

    DbSet<Conversation> IFikoDb.Conversations => Set<Conversation>();

    DbSet<Message> IFikoDb.Messages => Set<Message>();

    DbSet<PlatformId> IFikoDb.PlatformIds => Set<PlatformId>();

    DbSet<Attachment> IFikoDb.Attachments => Set<Attachment>();

    DbSet<Delivery> IFikoDb.Deliveries => Set<Delivery>();

    DbSet<ReadPosition> IFikoDb.ReadPositions => Set<ReadPosition>();

    DbSet<LoggedEvent> IFikoDb.Events => Set<LoggedEvent>();

    DbSet<CustomerTag> IFikoDb.CustomerTags => Set<CustomerTag>();

    DbSet<CustomerNote> IFikoDb.CustomerNotes => Set<CustomerNote>();

    DbSet<CustomerMerge> IFikoDb.CustomerMerges => Set<CustomerMerge>();

    DbSet<ErasedChat> IFikoDb.ErasedChats => Set<ErasedChat>();

    DbSet<ConversationTag> IFikoDb.ConversationTags => Set<ConversationTag>();

    DbSet<Tag> IFikoDb.Tags => Set<Tag>();

    DbSet<CannedReply> IFikoDb.Replies => Set<CannedReply>();

    DbSet<Draft> IFikoDb.Drafts => Set<Draft>();

    DbSet<WebhookSubscription> IFikoDb.Webhooks => Set<WebhookSubscription>();

    DbSet<WebhookDelivery> IFikoDb.WebhookDeliveries => Set<WebhookDelivery>();

    public DbSet<AuditEntry> AuditEntries => Set<AuditEntry>();

    public Task<IReadOnlySet<long>> ReserveAsync<TRow>(IReadOnlyCollection<long> ids, CancellationToken ct)
        where TRow : class => throw new NotSupportedException();

    public Task<IAsyncDisposable> ReadOneMomentAsync(CancellationToken ct) => throw new NotSupportedException();

    public override async Task<int> SaveChangesAsync(CancellationToken cancellationToken = default)
    {
        await interference.TakeAsync();
        try
        {
            return await base.SaveChangesAsync(cancellationToken);
        }
        catch (DbUpdateConcurrencyException late)
        {
            throw new WriteConflictException("Somebody was faster", late);
        }
    }

    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        Type[] own = [typeof(Agent), typeof(Session), typeof(RefreshToken), typeof(SocketTicket), typeof(AuditEntry)];
        foreach (var foreign in modelBuilder.Model.GetEntityTypes().Select(t => t.ClrType).Except(own).ToArray())
        {
            modelBuilder.Ignore(foreign);
        }

        modelBuilder.Entity<RefreshToken>().Property(t => t.UsedAt).IsConcurrencyToken();
        modelBuilder.Entity<RefreshToken>().HasIndex(t => t.Hash).IsUnique();
        modelBuilder.Entity<Agent>().HasIndex(a => a.Email).IsUnique();
    }
}

/// <summary>What another request does between the reading and the writing of this one; once.</summary>
internal sealed class Interference
{
    private Func<Task>? _next;

    public bool IsPlanned { get; private set; }

    public void Plan(Func<Task> next) => (_next, IsPlanned) = (next, true);

    public Task TakeAsync() => Interlocked.Exchange(ref _next, null)?.Invoke() ?? Task.CompletedTask;
}

internal sealed class AuthUnit(AuthDb db, Interference interference) : IUnitOfWork
{
    public async Task<TResult> CommitAsync<TResult>(Func<Task<TResult>> work, CancellationToken ct)
    {
        while (true)
        {
            // The tests share one connection, which holds one transaction; a planned interference needs it.
            await using var transaction = interference.IsPlanned ? null : await db.Database.BeginTransactionAsync(ct);
            try
            {
                var result = await work();
                await (transaction?.CommitAsync(ct) ?? Task.CompletedTask);
                return result;
            }
            catch (WriteConflictException)
            {
                db.ChangeTracker.Clear();
            }
        }
    }
}
