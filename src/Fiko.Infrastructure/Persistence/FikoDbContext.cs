using Fiko.Application.Audit;
using Fiko.Application.Realtime;
using Fiko.Application.Shared;
using Fiko.Domain.Agents;
using Fiko.Domain.Channels;
using Fiko.Domain.Conversations;
using Fiko.Domain.Customers;
using Fiko.Domain.Replies;
using Fiko.Domain.Shared;
using Fiko.Domain.Tags;
using Fiko.Domain.Webhooks;
using Fiko.Domain.Workspaces;
using Fiko.Infrastructure.Persistence.Search;
using Microsoft.EntityFrameworkCore;

namespace Fiko.Infrastructure.Persistence;

/// <summary>The database. Providers differ in what derives from this, and nowhere outside this folder.</summary>
public abstract class FikoDbContext(DbContextOptions options, TimeProvider time) : DbContext(options), IFikoDb
{
    private readonly List<(long WorkspaceId, IDomainEvent Happened)> _said = [];

    public DbSet<Workspace> Workspaces => Set<Workspace>();

    public DbSet<Agent> Agents => Set<Agent>();

    public DbSet<Session> Sessions => Set<Session>();

    public DbSet<RefreshToken> RefreshTokens => Set<RefreshToken>();

    public DbSet<SocketTicket> SocketTickets => Set<SocketTicket>();

    public DbSet<ChannelAccount> Channels => Set<ChannelAccount>();

    public DbSet<InboundUpdate> InboundUpdates => Set<InboundUpdate>();

    public DbSet<StrayUpdate> StrayUpdates => Set<StrayUpdate>();

    public DbSet<GroupNotice> GroupNotices => Set<GroupNotice>();

    public DbSet<PollTurn> PollTurns => Set<PollTurn>();

    public DbSet<Customer> Customers => Set<Customer>();

    public DbSet<CustomerTag> CustomerTags => Set<CustomerTag>();

    public DbSet<CustomerNote> CustomerNotes => Set<CustomerNote>();

    public DbSet<CustomerMerge> CustomerMerges => Set<CustomerMerge>();

    public DbSet<ErasedChat> ErasedChats => Set<ErasedChat>();

    public DbSet<ChannelAddress> ChannelAddresses => Set<ChannelAddress>();

    public DbSet<Conversation> Conversations => Set<Conversation>();

    public DbSet<ConversationTag> ConversationTags => Set<ConversationTag>();

    public DbSet<Tag> Tags => Set<Tag>();

    public DbSet<CannedReply> Replies => Set<CannedReply>();

    public DbSet<Draft> Drafts => Set<Draft>();

    public DbSet<Message> Messages => Set<Message>();

    public DbSet<PlatformId> PlatformIds => Set<PlatformId>();

    public DbSet<Attachment> Attachments => Set<Attachment>();

    public DbSet<Delivery> Deliveries => Set<Delivery>();

    public DbSet<ReadPosition> ReadPositions => Set<ReadPosition>();

    public DbSet<LoggedEvent> Events => Set<LoggedEvent>();

    public DbSet<AuditEntry> AuditEntries => Set<AuditEntry>();

    public DbSet<WebhookSubscription> Webhooks => Set<WebhookSubscription>();

    public DbSet<WebhookDelivery> WebhookDeliveries => Set<WebhookDelivery>();

    /// <summary>The attempt under way has written rows of entities.</summary>
    protected bool HasSaved { get; private set; }

    /// <summary>What the transaction under way will have changed, once it is committed.</summary>
    internal Committed Changes { get; private set; } = new();

    /// <summary>Written in the transaction of each change.</summary>
    internal abstract SearchIndex SearchIndex { get; }

    public override async Task<int> SaveChangesAsync(CancellationToken ct = default)
    {
        if (Database.CurrentTransaction is null)
        {
            throw new InvalidOperationException("Only a command writes: send one, so that its changes are one transaction");
        }

        return await RefusedAsConflictAsync(async () =>
        {
            Changes.Note(ChangeTracker);
            var speakers = EventLog.Speakers(this);
            var rows = await base.SaveChangesAsync(ct);
            HasSaved |= rows > 0;
            var (messages, customers) = Changes.TakeSearched();
            await SearchIndex.WriteAsync(messages, customers, ct);
            _said.AddRange(EventLog.Take(speakers));
            return rows;
        });
    }

    /// <summary>One attempt of a unit of work, in the transaction that is open.</summary>
    internal Task<TResult> AttemptAsync<TResult>(Func<Task<TResult>> work, CancellationToken ct) => RefusedAsConflictAsync(async () =>
    {
        // An attempt before this one left nothing: this one starts from what the database holds.
        ChangeTracker.Clear();
        Changes = new Committed();
        _said.Clear();
        HasSaved = false;

        // A save that fails ends the whole attempt: nobody goes back to the one before it.
        Database.AutoSavepointsEnabled = false;
        var result = await work();

        // What the work changed and did not save stays unsaved.
        ChangeTracker.Clear();
        await EventLog.AppendAsync(this, _said, time, ct);
        Sign(time.Now());
        if (ChangeTracker.HasChanges())
        {
            await base.SaveChangesAsync(ct);
        }

        return result;
    });

    public virtual Task<IReadOnlySet<long>> ReserveAsync<TRow>(IReadOnlyCollection<long> ids, CancellationToken ct)
        where TRow : class => Task.FromResult<IReadOnlySet<long>>(ids.ToHashSet());

    public abstract Task<IAsyncDisposable> ReadOneMomentAsync(CancellationToken ct);

    /// <summary>Whether the provider's error says that somebody was faster: a duplicate key, or a deadlock's victim.</summary>
    protected abstract bool IsConflict(Exception? error);

    /// <summary>Adds what tells this attempt's commit from all others, where the provider's answer can be lost.</summary>
    protected virtual void Sign(DateTimeOffset now)
    {
    }

    protected override void OnModelCreating(ModelBuilder model) => model.ApplyConfigurationsFromAssembly(typeof(FikoDbContext).Assembly);

    protected override void ConfigureConventions(ModelConfigurationBuilder conventions)
    {
        conventions.Properties<Role>().HaveConversion<string>().HaveMaxLength(16);
        conventions.Properties<ChannelStatus>().HaveConversion<string>().HaveMaxLength(16);
        conventions.Properties<InboundStatus>().HaveConversion<string>().HaveMaxLength(16);
        conventions.Properties<AttachmentStatus>().HaveConversion<string>().HaveMaxLength(16);
        conventions.Properties<ConversationStatus>().HaveConversion<string>().HaveMaxLength(16);
        conventions.Properties<MessageStatus>().HaveConversion<string>().HaveMaxLength(16);
        conventions.Properties<MessageAuthor>().HaveConversion<string>().HaveMaxLength(16);
        conventions.Properties<DeliveryStatus>().HaveConversion<string>().HaveMaxLength(16);
    }

    private async Task<TResult> RefusedAsConflictAsync<TResult>(Func<Task<TResult>> write)
    {
        try
        {
            return await write();
        }
        catch (DbUpdateConcurrencyException lost)
        {
            throw new WriteConflictException("Somebody else changed the same row", lost);
        }
        catch (Exception refused) when (IsConflict(refused is DbUpdateException ? refused.InnerException : refused))
        {
            throw new WriteConflictException("A constraint says that it is there already, or two waited for each other", refused);
        }
    }
}
