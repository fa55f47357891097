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
using Fiko.Infrastructure.Persistence.Search;
using Microsoft.EntityFrameworkCore;

namespace Fiko.Infrastructure.Persistence;

/// <summary>The database. Providers differ in what derives from this, and nowhere outside this folder.</summary>
public abstract class FikoDbContext(DbContextOptions options, TimeProvider time) : DbContext(options), IFikoDb
{
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

        try
        {
            Changes.Note(ChangeTracker);
            var speakers = EventLog.Speakers(this);
            var rows = await base.SaveChangesAsync(ct);
            var (messages, customers) = Changes.TakeSearched();
            await SearchIndex.WriteAsync(messages, customers, ct);
            if (await EventLog.AppendAsync(this, speakers, Changes, time, ct))
            {
                await base.SaveChangesAsync(ct);
            }

            return rows;
        }
        catch (DbUpdateConcurrencyException lost)
        {
            throw new WriteConflictException("Somebody else changed the same row", lost);
        }
        catch (Exception refused) when (IsConflict(refused is DbUpdateException ? refused.InnerException : refused))
        {
            throw new WriteConflictException("A constraint says that it is there already", refused);
        }
    }

    /// <summary>Forgets an attempt: the next one starts from what the database holds.</summary>
    internal void StartOver()
    {
        ChangeTracker.Clear();
        Changes = new Committed();
    }

    public abstract Task<IAsyncDisposable> ReadOneMomentAsync(CancellationToken ct);

    /// <summary>Whether the provider's error says that somebody was faster: a duplicate key, or a deadlock's victim.</summary>
    protected abstract bool IsConflict(Exception? error);

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
}
